"""Families of questions: a migration as a template, and what people expect of it.

The right answer stands in no file: `remodel.experiments.questions` runs the migration.
"""

from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.layout import Layout
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError


class Belief(TomlStruct):
    """What people believe that is not so; its id is the name of its table in beliefs.toml."""

    believes: Text
    #: What is so instead.
    reality: Text
    #: Where to read on: the folder of a lesson, and a heading of its page.
    lesson: Text
    heading: Text
    #: The slug of the exercise that shows it.
    exercise: Text


class StartTable(TomlStruct):
    """A table as the question begins. Of each entry of `rows`, one row is drawn."""

    name: Text
    create: Text
    #: Values as SQL writes them, without the id; "" leaves the row out.
    rows: tuple[tuple[str, ...], ...] = ()
    order: str = "id"


class ShownRevision(TomlStruct):
    """A revision, as the question shows it: the functions, without the head of the file."""

    text: Text
    id: Text = "0002"
    after: str = "0001"


class Look(TomlStruct):
    """What is looked at afterwards: a query, or a statement that the database takes or refuses."""

    sql: Text
    title: str = ""
    #: Whether only this is asked: does the database take it?
    attempt: bool = False


class Expectation(TomlStruct):
    """What somebody with a belief expects: what `sql` makes of the tables of the beginning."""

    belief: Text
    sql: str = ""
    #: What `flask db check` says, for a family with models.
    says: str = ""
    #: The command that stops with an error, counted from 1; 0 where all end well.
    stops: int = 0
    #: Empty for draws in which nobody would expect it.
    when: str = "always"


class Family(TomlStruct, kw_only=True):
    """Questions of one kind. `<name>` stands for what is drawn under `draw`."""

    #: The folder of the lesson that teaches it.
    lesson: Text
    title: Text
    #: What the reader has to know first.
    about: str = ""
    ask: Text
    #: Why it is as it is: the reason of the right answer.
    why: Text
    #: What is typed; a line that is drawn as "" is left out.
    run: tuple[Text, ...] = ("flask db upgrade",)
    #: Which database the question is about, and its key is found on.
    database: Literal["SQLite", "PostgreSQL"] = "SQLite"
    #: Models that `flask db check` compares with the tables: then its words are asked for.
    models: str = ""
    foreign_keys: bool = False
    #: The bookmark in the beginning.
    version: str = "0001"
    #: Each name with its values; a value may be a table of several names that go together.
    draw: dict[str, tuple[str | dict[str, str], ...]] = msgspec.field(default_factory=dict)
    tables: tuple[StartTable, ...] = msgspec.field(name="table")
    revisions: tuple[ShownRevision, ...] = msgspec.field(name="revision", default=())
    looks: tuple[Look, ...] = msgspec.field(name="look", default=())
    expectations: tuple[Expectation, ...] = msgspec.field(name="expects")

    @property
    def beliefs(self) -> tuple[str, ...]:
        """What a wrong answer can show, by id."""
        return tuple(dict.fromkeys(each.belief for each in self.expectations))


class Families:
    """All families of a course, by the names of their files, and the beliefs behind them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog, self._layout = catalog, catalog.layout

    @cached_property
    def beliefs(self) -> dict[str, Belief]:
        """Each belief by its id."""
        return read_struct(self._layout.beliefs, dict[str, Belief])

    @cached_property
    def by_name(self) -> dict[str, Family]:
        """Each family, in the order of the lessons; raises CourseError where one is malformed."""
        read = {file.stem: self._read(file) for file in _files(self._layout)}
        return dict(sorted(read.items(), key=lambda each: (each[1].lesson, each[0])))

    def of_lesson(self, lesson: str) -> dict[str, Family]:
        """The families that a lesson teaches."""
        return {name: each for name, each in self.by_name.items() if each.lesson == lesson}

    def _read(self, file: Path) -> Family:
        family = read_struct(file, Family)
        if family.lesson not in self._catalog.lessons:
            raise CourseError(f"{file}: no lesson is called {family.lesson!r}. Correct 'lesson'.")
        for belief in family.beliefs:
            if belief not in self.beliefs:
                raise CourseError(f"{file}: {belief!r} is missing. Write it in beliefs.toml.")
        return family


def _files(layout: Layout) -> list[Path]:
    others = (layout.beliefs, layout.inventory)
    return sorted(each for each in layout.families.glob("*.toml") if each not in others)
