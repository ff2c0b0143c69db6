"""Whether a spoiler that no check refused alters a row that could be there, or nothing at all."""

from collections.abc import Mapping
from typing import Protocol

from remodel.authoring.mutants.spoil import VALUES
from remodel.course.exercise import Exercise
from remodel.database import sqlite
from remodel.database.comparison import changed_tables
from remodel.database.differences import differences
from remodel.database.reflection import read_schema
from remodel.database.schema import Table
from remodel.database.sqlite import quoted
from remodel.database.value_changes import ValueChange
from remodel.database.value_changes.change import kind_in
from remodel.grading.answer import Answer, solution
from remodel.grading.project.deployments import Deployments
from remodel.grading.workspace.workspace import Databases, Workspace


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
        with sqlite.writable(content) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for table in own.values():
                numbers = connection.execute(f"SELECT rowid FROM {quoted(table.name)}").fetchall()
                for column in table.columns.values():
                    kind = kind_in(table, column)
                    closed = f"{table.name}.{column.name}" in self._exercise.values
                    if closed or kind == "key" or column.generated:
                        continue
                    examples = change.examples_for(column, kind)
                    for value, (number,) in zip(examples, numbers, strict=False):
                        connection.execute(
                            f"UPDATE OR IGNORE {quoted(table.name)} SET {quoted(column.name)} = ? "
                            "WHERE rowid = ?",
                            (value, number),
                        )
            connection.commit()
            return connection.serialize()
