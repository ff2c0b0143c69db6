"""What a learner has done so far: a plain file that survives updates of the course."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.errors import RemodelError


@dataclass
class Progress:
    """Slugs passed (with the day), hints shown, the exercise begun last, and where others lie."""

    path: Path
    passed: dict[str, str] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    last: str | None = None
    #: Slug to folder, for what was laid out with --to.
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, catalog: Catalog) -> "Progress":
        """The progress in playground/progress.json; raises RemodelError where it is damaged."""
        path = catalog.layout.progress
        if not path.exists():
            return cls(path)
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, *_parts(told))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RemodelError(
                f"{path}\nis damaged ({error}). It only records what you passed. Mend it, or move "
                "it away to begin the record afresh. Your exercises are not touched."
            ) from error

    def write(self) -> None:
        """Replace the file in one step, so that Ctrl-C cannot leave half of it."""
        told = {key: value for key, value in asdict(self).items() if key != "path"}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
        new.replace(self.path)

    def begin(self, slug: str, folder: Path) -> None:
        """Remember `slug` as the exercise that the learner is at, and where it lies."""
        self.last = slug
        self.places.pop(slug, None)
        if folder != self.path.parent / slug:
            self.places[slug] = str(folder)
        self.write()

    def passes(self, slug: str) -> None:
        """Remember that `slug` passed, the first time."""
        self.passed.setdefault(slug, date.today().isoformat())
        self.write()

    def next_hint(self, exercise: Exercise) -> int:
        """How many hints to show now: one more than last time, until there are no more."""
        count = min(self.hints.get(exercise.slug, 0) + 1, len(exercise.hints))
        self.hints[exercise.slug] = count
        self.write()
        return count


def _parts(told: Any) -> tuple[dict[str, str], dict[str, int], str | None, dict[str, str]]:
    """The four parts of the file; a part of another kind is damage, not nothing."""
    passed, hints, last, places = told["passed"], told["hints"], told["last"], told.get("places")
    for part, kind in ((passed, str), (hints, int), (places or {}, str)):
        if not all(isinstance(value, kind) for value in part.values()):
            raise TypeError(f"{part} holds something else than {kind.__name__}")
    if not isinstance(last, str | None):
        raise TypeError(f"last is {last!r}")
    return passed, hints, last, places or {}


def next_exercise(catalog: Catalog, progress: Progress) -> Exercise | None:
    """The one begun and not passed, else the first of the core not passed, else of the rest."""
    left = [e for e in catalog.exercises.values() if e.slug not in progress.passed]
    left.sort(key=lambda e: (e.slug != progress.last, e.track != "core"))
    return left[0] if left else None
