"""A lesson and an exercise: what their folders hold, and what their TOML files say."""

import dataclasses
import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from remodel.course.layout import (
    APP_FILES,
    APP_TREES,
    CARDS,
    EXERCISE_TOML,
    INSTANCE,
    PAGE,
    QUIZ,
    TRANSCRIPTS,
    Layout,
)

#: Files of an exercise's folder that are about the exercise and not part of the app it lays out.
ABOUT = (PAGE, EXERCISE_TOML, "test_exercise.py", "scenarios")
#: What a learner hands in: see docs/author/exercise.md.
KINDS = ("files", "commands", "script", "sql", "findings")
IGNORED = ("__pycache__", "*.pyc", INSTANCE, ".DS_Store", ".pytest_cache")


@dataclass(frozen=True)
class Lesson:
    """One stage of the course: a folder with a whole app in it."""

    name: str
    path: Path
    title: str
    level: str
    minutes: Mapping[str, int]
    changes: tuple[str, ...]
    removes: tuple[str, ...]
    questions: tuple[str, ...]
    objectives: tuple[str, ...]
    key_points: tuple[str, ...]

    @property
    def number(self) -> int:
        """The stage's number, 1 to 7."""
        return int(self.name.split("-")[0])

    @property
    def page(self) -> Path:
        """What the learner reads."""
        return self.path / PAGE

    @property
    def quiz(self) -> Path:
        """The lesson's questions; the file need not be there."""
        return self.path / QUIZ

    @property
    def cards(self) -> Path:
        """The lesson's cards for recall; the file need not be there."""
        return self.path / CARDS

    @property
    def transcripts(self) -> Path:
        """The folder of the lesson's transcripts; it need not be there."""
        return self.path / TRANSCRIPTS

    def app_files(self) -> dict[str, bytes]:
        """Every file of the stage's app: relative POSIX path to content."""
        return read_tree(self.path, (*APP_TREES, *APP_FILES))


@dataclass(frozen=True)
class Deployment:
    """A copy of the database that the exercise's story knows by name.

    It is brought to `revision`, or made by the CREATE statements in `tables`; then it gets rows,
    and `sql` spoils it.
    """

    name: str
    revision: str = ""
    tables: str = ""
    sql: str = ""
    playground: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise's folder and what its exercise.toml says."""

    slug: str
    path: Path
    lesson: str
    start: Lesson
    title: str
    hands_in: str
    edits: tuple[str, ...]
    minutes: int
    track: str
    hints: tuple[str, ...]
    deployed: tuple[str, ...]
    drill: bool = False
    binds: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    free_defaults: tuple[str, ...] = ()
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    without: Mapping[str, str] = field(default_factory=dict)
    guards: tuple[str, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    version_table: str = "alembic_version"
    theirs: str = ""
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variant: int = 0

    @property
    def changes_by(self) -> str:
        """What changes the schema here: "revisions", "sql", "models" (create_all) or "nothing"."""
        if self.hands_in in ("sql", "findings"):
            return {"sql": "sql", "findings": "nothing"}[self.hands_in]
        versioned = self.deployed or self.accepts("migrations/versions/0001.py")
        return "revisions" if versioned else "models"

    @property
    def playground_revision(self) -> str:
        """The revision where the learner begins: the newest deployed one, or "" for none."""
        return self.deployed[-1] if self.deployed else ""

    @cached_property
    def given(self) -> dict[str, bytes]:
        """The starter: the lesson's app with the exercise's own files laid over it."""
        own = read_tree(self.path, [p.name for p in self.path.iterdir() if p.name not in ABOUT])
        return {**self.start.app_files(), **{f: self.reworded(c) for f, c in own.items()}}

    @cached_property
    def own_files(self) -> frozenset[tuple[str, bytes]]:
        """The files of starter and solution: what there is that the course itself wrote."""
        place = self.solution_path
        names = [p.name for p in place.iterdir()] if place.is_dir() else []
        solved = {f: self.reworded(c) for f, c in read_tree(place, names).items()}
        return frozenset(self.given.items()) | frozenset(solved.items())

    def accepts(self, file: str) -> bool:
        """Whether `file` (relative POSIX path) is one that the learner hands in."""
        return any(fnmatch.fnmatch(file, pattern) for pattern in self.edits)

    @property
    def page(self) -> Path:
        """What the learner reads; in a course of the tests the file need not be there."""
        return self.path / PAGE

    @property
    def solution_path(self) -> Path:
        """The folder of the shipped solution."""
        return Layout.around(self.path).solutions / self.lesson / self.slug

    @property
    def solution_page(self) -> Path:
        """Why the solution is right, and what else is."""
        return self.solution_path / PAGE

    @property
    def answers_path(self) -> Path:
        """The folder whose wrong/ and right/ hold the answers that keep the grader honest."""
        return Layout.around(self.path).answers / self.lesson / self.slug

    # -- variants: the same exercise with other names in it ------------------------------------

    @property
    def variant_numbers(self) -> range:
        """The variants there are; 0 is the one that the course publishes."""
        return range(1 + max((len(others) for others in self.variants.values()), default=0))

    def in_variant(self, number: int) -> "Exercise":
        """This exercise with the words of variant `number`, counted round: any number will do."""
        number %= len(self.variant_numbers)
        if number == self.variant:
            return self
        told = dataclasses.replace(self, variant=number)
        return dataclasses.replace(
            told,
            hints=tuple(told.word(hint) for hint in self.hints),
            values={told.word(name): among for name, among in self.values.items()},
            theirs=told.word(self.theirs),
            deployments=tuple(
                dataclasses.replace(each, tables=told.word(each.tables), sql=told.word(each.sql))
                for each in self.deployments
            ),
        )

    def word(self, text: str) -> str:
        """`text`, which speaks of variant 0, in the words of this one."""
        if not self.variant:
            return text
        longest_first = sorted(self.variants, key=len, reverse=True)
        return re.sub(
            "|".join(map(re.escape, longest_first)),
            lambda found: self.variants[found[0]][self.variant - 1],
            text,
        )

    def reworded(self, content: bytes) -> bytes:
        """A file of the course's own, in the words of this variant."""
        return self.word(content.decode("utf-8")).encode() if self.variant else content

    def words_of(self, number: int) -> set[str]:
        """The words that tell variant `number` from the others."""
        return {(word, *others)[number] for word, others in self.variants.items()}


def read_tree(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Every regular file under `root` that is, or lies in, one of `names`."""
    files: dict[str, bytes] = {}
    for name in names:
        for path in _walk(root / name):
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    return files


def _walk(path: Path) -> Iterator[Path]:
    if any(fnmatch.fnmatch(path.name, pattern) for pattern in IGNORED) or path.is_symlink():
        return
    if path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _walk(child)
    elif path.is_file():
        yield path
