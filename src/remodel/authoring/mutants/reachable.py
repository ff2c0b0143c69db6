"""Whether a spoiler that no check refused alters a row that could be there, or nothing at all."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from remodel.authoring.mutants.spoil import VALUES
from remodel.course.exercise import Exercise
from remodel.database import sqlite
from remodel.database.any_engine import changed_tables, read_schema
from remodel.database.differences import differences
from remodel.database.schema import Column, Table
from remodel.database.server_database import ServerDatabase
from remodel.database.server_statements import name_of
from remodel.database.sqlite import quoted
from remodel.database.value_changes import ValueChange
from remodel.database.value_changes.change import POSTGRESQL, SQLITE, kind_in, kind_of
from remodel.grading.answer import Answer, solution
from remodel.grading.project.deployments import Deployments
from remodel.grading.workspace.workspace import Databases, Workspace

#: A table, one of its columns, and values to be written there.
Written = Iterable[tuple[str, Column, list[Any]]]


class _Spoiler(Protocol):
    @property
    def catalogue(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def function(self) -> str: ...


class Reach:
    """Does to the same rows what a spoiled answer does and what the solution does."""

    def __init__(self, exercise: Exercise, workspace: Workspace) -> None:
        self._exercise, self._workspace = exercise, workspace
        self._deployments = Deployments(exercise, workspace, "reach")
        self._solution = solution(exercise)

    def alters(self, spoiled: Answer, spoiler: _Spoiler) -> bool:
        """Whether they differ in a table or a row, on rows that hold what the spoiler is about."""
        change = VALUES[spoiler.catalogue].get(spoiler.name)
        databases = self._holding(self._deployments.big(), change)
        if spoiler.function == "upgrade":
            return self._differ(spoiled, databases, "upgrade")
        upgraded = self._run(self._solution, databases, "upgrade")
        return self._differ(spoiled, self._holding(upgraded, change), "downgrade")

    def _differ(self, spoiled: Answer, databases: Databases, command: str) -> bool:
        ours, theirs = (self._run(x, databases, command) for x in (self._solution, spoiled))
        table = self._exercise.version_table
        return any(
            changed_tables(ours[bind], theirs[bind])
            or differences(read_schema(ours[bind], table), read_schema(theirs[bind], table))
            for bind in ours
        )

    def _run(self, answer: Answer, databases: Databases, command: str) -> Databases:
        return self._workspace.run(answer, ("flask", "db", command), databases).databases

    def _holding(self, databases: Databases, change: ValueChange | None) -> Databases:
        """`databases` with each example of `change` in each column that people may write it in."""
        if not change:
            return databases
        return {bind: self._with_examples(content, change) for bind, content in databases.items()}

    def _with_examples(self, content: bytes, change: ValueChange) -> bytes:
        theirs = self._deployments.theirs.tables
        tables = read_schema(content, self._exercise.version_table).tables
        own: Mapping[str, Table] = {n: t for n, t in tables.items() if n not in theirs}
        if not own:  # SQLite makes no file of a database that holds nothing
            return content
        written = (
            (table.name, column, values)
            for table in own.values()
            for column in table.columns.values()
            if (values := self._examples(table, column, change))
        )
        if isinstance(content, ServerDatabase):
            return _written_to_server(content, written)
        return _written_to_sqlite(content, written)

    def _examples(self, table: Table, column: Column, change: ValueChange) -> list[Any]:
        kind = kind_in(table, column)
        closed = f"{table.name}.{column.name}" in self._exercise.values
        if closed or kind == "key" or column.generated:
            return []
        engine = POSTGRESQL if self._exercise.database == "postgresql" else SQLITE
        return change.examples_for(column, kind, engine)


def _written_to_sqlite(content: bytes, written: Written) -> bytes:
    with sqlite.writable(content) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table, column, values in written:
            numbers = connection.execute(f"SELECT rowid FROM {quoted(table)}").fetchall()
            for value, (number,) in zip(values, numbers, strict=False):
                connection.execute(
                    f"UPDATE OR IGNORE {quoted(table)} SET {quoted(column.name)} = ? "
                    "WHERE rowid = ?",
                    (value, number),
                )
        connection.commit()
        return connection.serialize()


def _written_to_server(content: ServerDatabase, written: Written) -> bytes:
    import psycopg  # for those who have a server

    def write(execute: Callable[[str, Any], None]) -> None:
        for table, column, values in written:
            (key,) = content.schema("")[table].primary_key
            update = (
                f"UPDATE {name_of(table)} SET {name_of(column.name)} = %s WHERE {name_of(key)} = %s"
            )
            for value, row in zip(values, content.rows(table), strict=False):
                typed = bool(value) if kind_of(column) == "boolean" else value
                execute("SAVEPOINT before", ())
                try:
                    execute(update, (typed, row[key]))
                except psycopg.Error:  # what a rule of the table refuses, no app writes
                    execute("ROLLBACK TO SAVEPOINT before", ())

    return content.store.changed(content, write)
