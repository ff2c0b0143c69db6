"""assignment.toml: what was given out, until when, and what it is worth."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec

from remodel.classroom.people import Person
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.manifest import digest_of_files
from remodel.course.toml_file import Text, TomlStruct, error_at, read_struct

#: Which keys assignment.toml has, and what they mean: another number where these change.
FORMAT = 1
#: The seed of a class without an assignment: every run of it has the same rows.
_KNOWN_SEED = 1
#: The folder beside assignment.toml with the teacher's own graders.
HIDDEN = "hidden"


class LateRule(TomlStruct, frozen=True):
    """What a late hand-in loses: so many per cent a day begun, and after some days everything."""

    per_day: Annotated[float, msgspec.Meta(ge=0, le=100)] = 0.0
    days: Annotated[int, msgspec.Meta(ge=0)] = 365

    def share(self, late_by: timedelta) -> float:
        """What is left of the points, from 0 to 1."""
        days = -(-late_by // timedelta(days=1))
        if days <= 0:
            return 1.0
        return 0.0 if days > self.days else max(0.0, 1.0 - days * self.per_day / 100)


class Learner(TomlStruct, frozen=True):
    """Somebody of the class: as the hand-in is called, and what is theirs alone."""

    id: Text
    name: str = ""
    variant: int | None = None
    due: datetime | None = None
    #: When they handed in, where git or the platform's names do not say it.
    handed_in: datetime | None = None


class Assignment(TomlStruct, frozen=True, kw_only=True):
    """The keys of an assignment.toml."""

    format: int = FORMAT
    title: str = ""
    exercises: tuple[Text, ...]
    due: datetime | None = None
    #: Whoever knows it knows the rows that the class is graded with.
    secret: str = ""
    #: The version of the course that it was written for.
    course: str = ""
    #: By exercise, a digest of the course's files that it was given out with.
    manifest: Mapping[str, str] = {}
    late: LateRule = LateRule()
    #: What each exercise is worth; where nothing is said, what its checks are worth.
    points: Mapping[str, Annotated[float, msgspec.Meta(gt=0)]] = {}
    learners: tuple[Learner, ...] = msgspec.field(name="learner", default=())
    #: By exercise, the teacher's own grader. It lies beside the file, and not in it.
    hidden: Mapping[str, bytes] = {}

    def seed(self, slug: str) -> int:
        """The seed of the rows of an exercise: the same for everybody, and known to nobody."""
        return _KNOWN_SEED if not self.secret else self._number(slug) % 90_000 + 10_000

    def learner(self, person: Person) -> Learner | None:
        """Who of the class `person` is; None where they are not on the list."""
        by_id = {each.id.casefold(): each for each in self.learners}
        for known in (person.id, person.number, person.name):
            if known and known.casefold() in by_id:
                return by_id[known.casefold()]
        named = [each for each in self.learners if each.name.casefold() == person.name.casefold()]
        return named[0] if len(named) == 1 else None

    def variant(self, learner: Learner | None, exercise: Exercise) -> int:
        """Which variant of `exercise` was given to them."""
        if not exercise.variants or learner is None or learner.variant is None:
            return 0
        return learner.variant % len(exercise.wording.numbers)

    def due_for(self, learner: Learner | None) -> datetime | None:
        """Until when they could hand in."""
        due = (learner.due if learner else None) or self.due
        # A time without a zone is that of this machine.
        return due.astimezone() if due else None

    def given_out_otherwise(self, catalog: Catalog) -> list[str]:
        """The exercises whose files in the course are others than when they were given out."""
        return [
            slug
            for slug, digest in self.manifest.items()
            if slug in self.exercises
            and digest != digest_of_files(catalog.layout, catalog.exercises[slug])
        ]

    def in_folder(self, folder: Path) -> "Assignment":
        """The same with the graders that lie in `folder`/hidden, named by their exercise."""
        files = {slug: folder / HIDDEN / f"{slug}.py" for slug in self.exercises}
        graders = {slug: file.read_bytes() for slug, file in files.items() if file.is_file()}
        return msgspec.structs.replace(self, hidden=graders)

    def _number(self, *words: str) -> int:
        text = "\0".join(words).encode()
        return int.from_bytes(hmac.digest(self.secret.encode(), text, hashlib.sha256)[:8])


def read_assignment(file: Path, catalog: Catalog) -> Assignment:
    """What `file` says; raises CourseError where it names what there is not."""
    read = read_struct(file, Assignment)
    if read.format != FORMAT:
        raise error_at(file, ("format",), f"is {read.format}; this Remodel reads {FORMAT}.")
    for number, slug in enumerate(read.exercises):
        if slug not in catalog.exercises:
            raise error_at(file, ("exercises", number), f"{slug!r} is no exercise of the course.")
    for slug in read.points:
        if slug not in read.exercises:
            raise error_at(file, ("points", slug), "is not among the assignment's exercises.")
    if read.hidden:
        raise error_at(file, ("hidden",), f"is no key. Put the graders into {HIDDEN}/SLUG.py.")
    return read.in_folder(file.parent)
