"""Where a grader begins: a database at a revision, with rows that try hard to be lost."""

import sqlite3
from collections.abc import Mapping
from typing import Any, Self

from remodel.course.exercise import Deployment
from remodel.database import sqlite
from remodel.database.random_rows import DEFAULT_COUNT, make_rows
from remodel.database.values import Rows
from remodel.errors import CourseError
from remodel.grading.answer import starter
from remodel.grading.project.state import Observed
from remodel.grading.refusal import Refused
from remodel.grading.workspace.workspace import Databases


class Prepared(Observed):
    """Databases that the course itself made: the learner had no hand in them."""

    def empty(self) -> Self:
        """Begin with empty databases. Returns the project."""
        self._databases = self._empty()
        self._on = ""
        return self

    def at(self, revision: str | None = None) -> Self:
        """Begin with a database that the course itself brought to `revision`, with no rows.

        The default is the newest deployed revision; where the exercise has none, a database is
        empty at first, or holds what the given models' create_all makes. A SQL script begins with
        the tables that the learner has, where exercise.toml tells them. Returns the project.
        """
        wanted = Deployment("", revision or self.exercise.playground_revision)
        if self.exercise.changes_by == "sql" and not revision:
            told = (d for d in self.exercise.deployments if d.playground and d.tables)
            wanted = next(told, wanted)
        self._databases = self.begun(wanted)
        self._on = ""
        return self

    def _with_theirs(self, databases: Databases) -> Databases:
        """`databases` with what other programs keep in the main one."""
        if not self.exercise.theirs:
            return databases
        return {**databases, "": sqlite.run_script(databases[""], self.exercise.theirs)}

    def _built_at(self, revision: str) -> Databases:
        if revision:
            return self._upgraded_to(revision)
        if self.exercise.changes_by == "revisions":
            return self._empty()
        return self._workspace.run(starter(self.exercise), ("create-all",), self._empty()).databases

    def _upgraded_to(self, revision: str) -> Databases:
        argv = ("flask", "db", "upgrade", revision)
        outcome = self._workspace.run(self.solution, argv, self._empty())
        table = self.exercise.version_table
        found = {sqlite.read_version(each, table) for each in outcome.databases.values()}
        if found != {(revision,)}:
            raise CourseError(
                f"The solution of {self.exercise.slug} cannot reach revision {revision}:\n"
                f"{outcome.completed.stderr}"
            )
        return outcome.databases

    def starting_from(self, databases: Databases) -> Self:
        """Begin with these databases, whoever made them. Returns the project."""
        self._databases = databases
        self._on = ""
        return self

    def populated(self) -> Self:
        """Begin at the newest deployed revision with awkward rows in every table."""
        self.at()
        self._databases = self._once("populated", self._filled)
        return self

    def _filled(self) -> Databases:
        self._fill()
        return self._databases

    def with_rows(
        self,
        table: str,
        count: int = DEFAULT_COUNT,
        values: Mapping[str, list[Any]] | None = None,
        bind: str = "",
    ) -> Rows:
        """Add `count` random rows to `table` (and to its empty parents); returns all its rows.

        Every awkward kind of value is among them; `values` fixes what a column may hold.
        """
        schema = self.schema_of(bind)
        parents: dict[str, list[Any]] = {}
        for key in schema[table].foreign_keys:
            if key.parent != table and not self.rows(key.parent, bind=bind):
                self.with_rows(key.parent, 6, bind=bind)
            for column in key.parent_columns:
                name = f"{key.parent}.{column}"
                parents[name] = list(self.rows(key.parent, column, bind=bind))
        told = {
            name.split(".", 1)[1]: among
            for name, among in self.exercise.values.items()
            if name.split(".", 1)[0] == table
        }
        seed = f"{self.seed}/{self.exercise.slug}/{table}"
        rows = make_rows(schema[table], count, seed, parents, {**told, **(values or {})})
        try:
            content = sqlite.insert_rows(self._databases[bind], table, rows)
        except sqlite3.Error as error:
            # Rows that fit the columns; what else the database asks for, it should not.
            raise Refused(
                f"The table {table} refuses a row that it should take:",
                f"  {error}",
                words=(table,),
            ) from None
        self._databases = {**self._databases, bind: content}
        filled: Rows = self.rows(table, bind=bind)
        return filled

    def _fill(self) -> None:
        """Awkward rows in every table of every bind that has none."""
        for bind in self._databases:
            for table in self.schema_of(bind).tables:
                if not self.rows(table, bind=bind):
                    self.with_rows(table, bind=bind)

    def deployment(self, name: str) -> Self:
        """Begin with the copy of the database that the story calls `name`."""
        found = next((d for d in self.exercise.deployments if d.name == name), None)
        if found is None:
            raise CourseError(f"{self.exercise.path}/exercise.toml has no deployment {name!r}.")
        self._databases = self._once(f"deployed {name}", lambda: self.deployed(found))
        self._on = name
        return self

    def begun(self, deployment: Deployment) -> Databases:
        """The databases of `deployment` before there are rows of the app in them."""
        if deployment.tables:
            made: Databases = {**self._empty(), "": sqlite.run_script(b"", deployment.tables)}
        else:
            made = self._built_at(deployment.revision)
        return self._with_theirs(made)

    def deployed(self, deployment: Deployment) -> Databases:
        """The databases of `deployment`: made, filled, then spoilt by its SQL."""
        self._databases = self.begun(deployment)
        self._fill()
        return {**self._databases, "": sqlite.run_script(self._databases[""], deployment.sql)}
