"""An exercise: what its folder holds, and what its exercise.toml says."""

import fnmatch
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from remodel.course.decoding import encoding_of
from remodel.course.layout import EXERCISE_TOML, PAGE, Layout
from remodel.course.lesson import Lesson
from remodel.course.toml_errors import did_you_mean
from remodel.course.toml_file import Text, TomlStruct, error_at, read_struct
from remodel.course.tree import read_tree
from remodel.course.wording import Wording

#: Which keys exercise.toml has, and what they mean: another number where these change.
FORMAT = 1
#: Files of an exercise's folder that are about the exercise and not part of the app it lays out.
ABOUT = (PAGE, EXERCISE_TOML, "test_exercise.py", "scenarios")


class Deployment(TomlStruct):
    """A copy of the database that the exercise's story knows by name.

    It is brought to `revision`, or made by the CREATE statements in `tables`; then it gets rows,
    and `sql` spoils it.
    """

    name: Text
    revision: str = ""
    tables: str = ""
    sql: str = ""
    #: Whether the learner begins with this one.
    playground: bool = False
    #: Whether the learner can type commands there.
    commands: bool = True

    def __post_init__(self) -> None:
        """A deployment comes about in one way."""
        if self.revision and self.tables:
            raise ValueError("it has a revision and tables. Keep one of them.")


class StandardSettings(TomlStruct):
    """Standard checks: what an exercise does without, and why, which guard it, what is typed."""

    without: Mapping[str, str] = {}
    guards: tuple[str, ...] = ()
    #: Columns, or "*" for all, whose rows need not show every change of a value: each with why.
    unseen: Mapping[str, Text] = {}
    #: Why the way back is not judged, as README.md says; "" where it is.
    one_way: str = ""
    #: Given files that the last release, which has to go on working, had as its lesson's app has
    #: them, or had not: None where nobody promises that it does.
    last_release: tuple[Text, ...] | None = None
    #: Commands of the app that are typed in a playground besides those that change the schema.
    typed: tuple[Text, ...] = ()


class ExerciseSettings(TomlStruct, kw_only=True):
    """What exercise.toml says."""

    #: See FORMAT.
    format: int = FORMAT
    title: Text
    #: What could have been lost, in one sentence: the learner reads it after the pass.
    stake: str = ""
    #: The lesson whose app the learner begins with.
    start: str
    #: What a learner hands in: see docs/author/exercise.md.
    hands_in: Literal["files", "commands", "script", "sql", "findings"]
    #: Patterns of the files that are taken from the learner.
    edits: tuple[str, ...]
    minutes: int
    track: Literal["core", "more", "capstone"]
    hints: tuple[str, ...]
    #: A hint for whoever a check has refused last: by the name of that check.
    hints_for: Mapping[str, str] = {}
    #: Revisions that some database has already, oldest first: nobody may edit them.
    deployed: tuple[str, ...]
    #: Whether it begins with something broken.
    drill: bool = False
    #: Databases besides the main one.
    binds: tuple[str, ...] = ()
    #: What is compared of a schema besides what always is.
    compare: tuple[Literal["names", "defaults"], ...] = ()
    #: Columns whose server default is the learner's choice.
    free_defaults: tuple[str, ...] = ()
    #: The values that random rows may have in a column: these and no others.
    values: Mapping[str, tuple[Any, ...]] = {}
    #: The values that random rows have in a column besides the usual ones.
    more_values: Mapping[str, tuple[Any, ...]] = {}
    #: What people believe whose schema differs so from the goal: by the kind of the difference, or
    #: by the kind and `table.column`. The first that fits is meant.
    beliefs: Mapping[str, str] = {}
    standard: StandardSettings = StandardSettings()
    deployments: tuple[Deployment, ...] = msgspec.field(name="deployment", default=())
    #: The name of Alembic's table.
    version_table: str = "alembic_version"
    #: CREATE statements of tables that belong to another program.
    theirs: str = ""
    #: The kinds of database on which it can be done, where these are not all: it is graded on the
    #: first.
    databases: tuple[Literal["sqlite", "postgresql", "mariadb"], ...] = ()
    #: Servers on which the solution cannot pass, each with the reason.
    not_on: Mapping[Literal["postgresql", "mariadb"], Text] = {}
    #: Each name in the published exercise, with the names that the variants have for it.
    variants: Mapping[str, tuple[str, ...]] = {}

    def __post_init__(self) -> None:
        """Every variant has a name for everything."""
        if len({len(others) for others in self.variants.values()}) > 1:
            raise ValueError("every name in [variants] needs as many others as the next.")


class Exercise(ExerciseSettings, kw_only=True, dict=True):
    """One exercise's folder and what its exercise.toml says."""

    slug: str
    path: Path
    #: The lesson it belongs to, by name.
    lesson: str
    #: The lesson that `start` names.
    stage: Lesson
    variant: int = 0

    @classmethod
    def read(cls, file: Path, lessons: Mapping[str, Lesson]) -> "Exercise":
        """The exercise of an exercise.toml; raises CourseError where that is malformed."""
        _refuse_other_formats(file)
        settings = read_struct(file, ExerciseSettings)
        if settings.start not in lessons:
            raise error_at(file, ("start",), _no_lesson(settings.start, lessons))
        return cls(
            slug=file.parent.name,
            path=file.parent,
            lesson=file.parent.parent.name,
            stage=lessons[settings.start],
            **msgspec.structs.asdict(settings),
        )

    @property
    def changes_by(self) -> str:
        """What changes the schema here: "revisions", "sql", "models" (create_all) or "nothing"."""
        if self.hands_in in ("sql", "findings"):
            return {"sql": "sql", "findings": "nothing"}[self.hands_in]
        versioned = self.deployed or self.accepts("migrations/versions/0001.py")
        return "revisions" if versioned else "models"

    @property
    def database(self) -> str:
        """The kind of database on which it is graded where nobody names another."""
        return self.databases[0] if self.databases else "sqlite"

    @property
    def playground_revision(self) -> str:
        """The revision where the learner begins: the newest deployed one, or "" for none."""
        return self.deployed[-1] if self.deployed else ""

    @cached_property
    def given(self) -> dict[str, bytes]:
        """The starter: the lesson's app with the exercise's own files laid over it."""
        own = read_tree(self.path, [p.name for p in self.path.iterdir() if p.name not in ABOUT])
        return {**self.stage.app_files(), **{f: self.reworded(c) for f, c in own.items()}}

    @cached_property
    def about(self) -> dict[str, bytes]:
        """The files of its folder that are about it: the page, the settings, the grader."""
        names = [name for name in ABOUT if (self.path / name).exists()]
        return {f: self.reworded(c) for f, c in read_tree(self.path, names).items()}

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

    # -- variants --------------------------------------------------------------------------------

    @property
    def wording(self) -> Wording:
        """The names that this variant uses."""
        return Wording(self.variants, self.variant)

    def in_variant(self, number: int) -> "Exercise":
        """This exercise with the names of variant `number`, counted round: any number will do."""
        number %= len(self.wording.numbers)
        if number == self.variant:
            return self
        translate = Wording(self.variants, number).translate
        return msgspec.structs.replace(
            self,
            variant=number,
            stake=translate(self.stake),
            hints=tuple(translate(hint) for hint in self.hints),
            hints_for={check: translate(hint) for check, hint in self.hints_for.items()},
            values={translate(name): choices for name, choices in self.values.items()},
            more_values={translate(name): more for name, more in self.more_values.items()},
            theirs=translate(self.theirs),
            deployments=tuple(
                msgspec.structs.replace(
                    each, tables=translate(each.tables), sql=translate(each.sql)
                )
                for each in self.deployments
            ),
        )

    def reworded(self, content: bytes) -> bytes:
        """A file of the course's own, in the names of this variant."""
        if not self.variant:
            return content
        encoding = encoding_of(content)
        return self.wording.translate(content.decode(encoding)).encode(encoding)


def _no_lesson(name: str, lessons: Iterable[str]) -> str:
    choices = f"must be one of {', '.join(lessons)}, not {name!r}."
    # A name cut short is to be recognised, too: "05-histroy" has half of its lesson's letters.
    return f"{choices} {did_you_mean(name, lessons, cutoff=0.4)}".rstrip()


class _AnyFormat(msgspec.Struct):
    """What an exercise.toml of any version says first."""

    format: int | None = None


def _refuse_other_formats(file: Path) -> None:
    number = read_struct(file, _AnyFormat).format
    if number is None:
        raise error_at(file, (), f"the key 'format' is missing. Begin with: format = {FORMAT}")
    if number != FORMAT:
        raise error_at(
            file,
            ("format",),
            f"is {number}, and this version of Remodel reads {FORMAT}. Update Remodel, or write "
            f"the keys of format {FORMAT}.",
        )
