"""What there is to see of an answer: its history, and its databases, read from outside."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from remodel.database import sqlite
from remodel.database.differences import differences
from remodel.database.reflection import read_schema
from remodel.database.schema import Column, Schema
from remodel.database.values import Rows, Values
from remodel.grading.answer import Answer, solution
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.workspace.workspace import Databases, Workspace
from remodel.history import History, Revision

T = TypeVar("T")


@dataclass(frozen=True)
class Snapshot:
    """Every bind's schema and rows at one moment."""

    schemas: Mapping[str, Schema]
    rows: Mapping[tuple[str, str], Rows]
    version: tuple[str, ...]


class Observed:
    """One answer and its databases as they are now."""

    def __init__(self, answer: Answer, workspace: Workspace, seed: str) -> None:
        self.answer, self.exercise = answer, answer.exercise
        self.seed = seed
        self._workspace = workspace
        self._databases: Databases = self._empty()
        self.went = "upgrade"
        self._on = ""  # the story's name of the copy that commands run on

    @property
    def binds(self) -> tuple[str, ...]:
        """The names of the databases; "" is the main one."""
        return tuple(self._databases)

    @property
    def history(self) -> History:
        """The answer's revision graph, read from its files."""
        return self.answer.history

    @property
    def new_revisions(self) -> list[Revision]:
        """The revisions that are not deployed yet, from base to head."""
        return self.history.since(set(self.exercise.deployed))

    @property
    def version(self) -> tuple[str, ...]:
        """The revisions that the database itself says it is at."""
        return self.version_of("")

    def version_of(self, bind: str) -> tuple[str, ...]:
        """The revisions that the database of `bind` says it is at."""
        return sqlite.read_version(self._databases[bind], self.exercise.version_table)

    @property
    def schema(self) -> Schema:
        """The schema of the main database."""
        return self.schema_of("")

    def schema_of(self, bind: str) -> Schema:
        """The schema of the database of `bind`."""
        return read_schema(self._databases[bind], self.exercise.version_table)

    def own_schema(self, bind: str = "") -> Schema:
        """The schema of `bind` without the tables in the exercise's `theirs`."""
        return self.schema_of(bind).without(self._theirs.tables)

    @property
    def _theirs(self) -> Schema:
        """What other programs keep in the same database."""
        return read_schema(
            sqlite.run_script(b"", self.exercise.theirs), self.exercise.version_table
        )

    def rows(self, table: str, column: str | None = None, bind: str = "") -> Any:
        """The Rows of `table`, or the Values of one `column`; refuses where it is not there."""
        try:
            found = sqlite.read_rows(self._databases[bind], table)
        except KeyError:
            raise Refused(
                f"There is no table {table}.", words=(table,), function=self.went
            ) from None
        rows = Rows(table, self.schema_of(bind)[table].primary_key, tuple(found))
        if column is None:
            return rows
        if column not in self.schema_of(bind)[table].columns:
            raise Refused(
                f"The table {table} has no column {column}.",
                words=(column, table),
                function=self.went,
            )
        return rows.column(column)

    def column(self, table: str, name: str, bind: str = "") -> Column:
        """What the schema says of one column; refuses where it is not there."""
        schema = self.schema_of(bind)
        if table not in schema:
            raise Refused(f"There is no table {table}.", words=(table,), function=self.went)
        if name not in schema[table].columns:
            raise Refused(
                f"The table {table} has no column {name}.",
                words=(name, table),
                function=self.went,
            )
        return schema[table].columns[name]

    def refuses(self, table: str, **row: Any) -> bool:
        """Whether the database refuses to take in `row`."""
        try:
            sqlite.insert_rows(self._databases[""], table, [row])
        except sqlite3.IntegrityError:
            return True
        return False

    def snapshot(self) -> Snapshot:
        """Everything there is to see now, to compare with later."""
        schemas = {bind: self.schema_of(bind) for bind in self._databases}
        rows = {
            (bind, table): self.rows(table, bind=bind)
            for bind, schema in schemas.items()
            for table in schema.tables
        }
        return Snapshot(schemas, rows, self.version)

    def orphans(self) -> list[tuple[str, int, str]]:
        """Rows whose parent is missing, over all binds: (table, rowid, parent)."""
        return [o for content in self._databases.values() for o in sqlite.orphans(content)]

    def model_schema(self, bind: str = "") -> Schema:
        """The schema that the answer's own models make in an empty database."""
        return self._made_by(self.answer, bind)

    @property
    def solution(self) -> Answer:
        """The shipped solution: the course's own, and trusted."""
        return self._once("solution", lambda: solution(self.exercise))

    def _once(self, what: str, make: Callable[[], T]) -> T:
        """What `make` gives, which only this exercise, its variant and the seed have a part in."""
        key = (self.exercise.path, self.exercise.variant, self.seed, what)
        return self._workspace.once(key, make)

    def goal(self, bind: str = "") -> Schema:
        """The schema that the solution's models make in an empty database."""
        return self._made_by(self.solution, bind)

    def differs_from_goal(self) -> list[str]:
        """How these databases differ from what the exercise asks for, in sentences."""
        return [
            difference.sentence
            for bind in self.binds
            for difference in differences(
                self.goal(bind), self.own_schema(bind), self.exercise.compare
            )
        ]

    def _made_by(self, answer: Answer, bind: str) -> Schema:
        outcome = self._workspace.run(answer, ("create-all",), self._empty())
        if not outcome.completed.ok:
            raise CommandFailed("Importing the app and its models", outcome.completed)
        return read_schema(outcome.databases[bind])

    def word(self, text: str) -> str:
        """`text`, which speaks of the published variant, in the words of this answer's."""
        return self.exercise.word(text)

    def _empty(self) -> Databases:
        return {"": b"", **dict.fromkeys(self.exercise.binds, b"")}


def same_rows(before: Rows, after: Rows) -> tuple[Values, Values] | None:
    """The first column that both have and that differs, (after, before), or None."""
    if after and not before:
        name = next(iter(after[0]))
        return after.column(name), Values(before.table, name, {})
    for name in before[0] if before else ():
        if after and name not in after[0]:
            continue
        then = before.column(name)
        now = after.column(name) if after else Values(after.table, name, {})
        if then != now:
            return now, then
    return None
