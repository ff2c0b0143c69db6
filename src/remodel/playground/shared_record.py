"""One record of what was done, which the terminal and the pages of the site hand to each other.

docs/assets/progress.js keeps the same record in the browser, and joins two by the same rules: of
each thing the better, none is lost. Its shape is told in docs/author/progress.md.
"""

import base64
import json
import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.inventory import InventoryAnswers, When
from remodel.course.toml_errors import Problem
from remodel.errors import RemodelError
from remodel.playground.believing import BeliefMemory, FamilyMemory
from remodel.playground.progress import Progress
from remodel.playground.recall import DAYS, CardMemory

VERSION = 1
#: What stands before the record in the address of the page.
FRAGMENT = "record="

Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]


class QuestionDone(msgspec.Struct, omit_defaults=True):
    """What is known of one question: when it was done, and what the form on the page shows."""

    done: Day | None = None
    choice: str = ""


class LastPage(msgspec.Struct, omit_defaults=True):
    """The page that was read last; `at` is a moment, and "" where only the terminal was there."""

    page: str
    title: str
    at: str = ""
    hash: str = ""


class SharedRecord(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was passed, answered, watched and recalled: ids to days, and to memories."""

    remodel: int
    exercises: dict[str, Day] = {}
    questions: dict[str, QuestionDone] = {}
    films: dict[str, Day] = {}
    cards: dict[str, CardMemory] = {}
    beliefs: dict[str, BeliefMemory] = {}
    families: dict[str, FamilyMemory] = {}
    #: The pages of the site have no use for it; whoever teaches reads it from a file.
    inventory: dict[When, InventoryAnswers] = {}
    last: LastPage | None = None

    @classmethod
    def of(cls, catalog: Catalog, progress: Progress) -> "SharedRecord":
        """What the terminal knows."""
        return cls(
            remodel=VERSION,
            exercises=progress.passed,
            questions={name: QuestionDone(day) for name, day in progress.questions.items()},
            films=progress.films,
            cards=progress.cards,
            beliefs=progress.beliefs,
            families=progress.families,
            inventory=progress.inventory,
            last=_last(catalog, progress),
        )

    def as_json(self) -> bytes:
        """For a file."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"

    def as_fragment(self) -> str:
        """For the end of an address: packed, since an address is better short."""
        packing = zlib.compressobj(9, wbits=-15)
        packed = packing.compress(msgspec.json.encode(self)) + packing.flush()
        return FRAGMENT + base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def join_into(self, progress: Progress) -> int:
        """Have `progress` know all of this, too; returns how much of it is new there."""
        answered = {name: each.done for name, each in self.questions.items() if each.done}
        before = _known(progress)
        progress.passed = _earliest(progress.passed, self.exercises)
        progress.questions = _earliest(progress.questions, answered)
        progress.films = _earliest(progress.films, self.films)
        for name, memory in self.cards.items():
            progress.cards[name] = max(progress.cards.get(name, memory), memory, key=_asked)
        for name, belief in self.beliefs.items():
            own = progress.beliefs.get(name, belief)
            progress.beliefs[name] = max(own, belief, key=lambda each: (each.day, each.score))
        for name, family in self.families.items():
            asked = progress.families.get(name, family)
            progress.families[name] = max(asked, family, key=lambda each: (each.day, each.asked))
        progress.inventory = {**self.inventory, **progress.inventory}
        progress.write()
        return len(_known(progress) - before)


def read_record(content: bytes, name: str) -> SharedRecord:
    """The record in a file called `name`; raises RemodelError where it holds none."""
    way = "In the site, the page Your progress saves one as a file."
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RemodelError(f"{name}\nis no record of progress: it is not JSON. {way}") from error
    version = given.get("remodel") if isinstance(given, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RemodelError(f"{name}\nis no record of progress: it has no version. {way}")
    if version > VERSION:
        raise RemodelError(
            f"{name}\nis of a newer course than this one (version {version}, known is {VERSION}). "
            "Update the course: git pull, then make learn."
        )
    try:
        return msgspec.convert(given, SharedRecord)
    except msgspec.ValidationError as error:
        sentence = Problem.of(error, given, SharedRecord).sentence
        raise RemodelError(f"{name}\nis damaged: {sentence} {way}") from error


def _last(catalog: Catalog, progress: Progress) -> LastPage | None:
    exercise = catalog.exercises.get(progress.last or "")
    if exercise is None:
        return None
    return LastPage(f"{catalog.layout.relative(exercise.page.parent)}/", exercise.title)


def _known(progress: Progress) -> set[tuple[str, str]]:
    """Everything that is done, and every memory of a card, a belief or a family, as it is."""
    days = {
        (kind, name)
        for kind in ("passed", "questions", "films")
        for name in getattr(progress, kind)
    }
    memories = {**progress.cards, **progress.beliefs, **progress.families}
    return days | {(name, str(memory)) for name, memory in memories.items()}


def _earliest(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Both, each thing with its first day, in the order of the days."""
    both = {**one, **{name: min(day, one.get(name, day)) for name, day in other.items()}}
    return dict(sorted(both.items(), key=lambda each: each[1]))


def _asked(memory: CardMemory) -> tuple[date, int]:
    """The day on which the card was asked for: the later memory is the one that holds."""
    try:
        return date.fromisoformat(memory.due) - timedelta(DAYS[memory.box]), memory.box
    except ValueError:  # no day, as of a card that was never asked for
        return date.min, memory.box
