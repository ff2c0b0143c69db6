"""The copies of the database that an exercise's story knows: made by the course alone."""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from remodel.course.exercise import Deployment, Exercise
from remodel.database import any_engine
from remodel.database.any_engine import read_schema
from remodel.database.random_rows import MANY, Wishes, fits_anywhere, is_id, lacking, make_rows
from remodel.database.schema import Column, Schema, Table
from remodel.database.server_database import ServerDatabase, ServerRefused
from remodel.database.values import Row
from remodel.errors import CourseError
from remodel.grading.answer import Answer, solution, starter
from remodel.grading.literals import Literal
from remodel.grading.project.life import Instance, Life, lead
from remodel.grading.project.state import State
from remodel.grading.project.word_rows import WordsIn, with_words
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.workspace.workspace import Databases, Workspace

T = TypeVar("T")
#: How many rows each table of the big copy has: more than a batch of a migration takes.
BIG = MANY + 200
#: How many rows of a column that a story made stay NULL.
STILL_NULL = 2
#: Rows that follow one with a larger id are numbered by the database itself.
NUMBERED = 100


class Deployments:
    """Makes databases of `exercise` as they are before the learner's work, rows and all.

    Graders begin with them, and `remodel start` lays them out. The same `seed`, the same rows.
    """

    def __init__(self, exercise: Exercise, workspace: Workspace, seed: str = "") -> None:
        self.exercise, self._workspace, self._seed = exercise, workspace, seed

    # -- what there is to begin with -------------------------------------------------------------

    def empty(self) -> Databases:
        """A database without tables for each bind."""
        empty = self._without_tables
        return {"": empty, **dict.fromkeys(self.exercise.binds, empty)}

    @property
    def _without_tables(self) -> bytes:
        return self._workspace.empty(self.exercise.database)

    def at(self, revision: str | None = None) -> Databases:
        """At `revision`, with no rows; the default is where the learner's work begins.

        A SQL script begins with the tables that the learner has, where exercise.toml tells them.
        """
        if revision:
            return self.begun(Deployment("", revision))
        own = self.playground
        by_tables = self.exercise.changes_by == "sql" and own.tables
        return self.begun(own if by_tables else Deployment("", self.exercise.playground_revision))

    def populated(self) -> Databases:
        """At the newest deployed revision, with awkward rows in every table."""
        return self.once("populated", lambda: self.filled(self.at()))

    def big(self) -> Databases:
        """At the newest deployed revision, each table with a thousand rows and a few orphans."""
        return self.once("big", lambda: self.orphaned(self.filled(self.at(), BIG)))

    def orphaned(self, databases: Databases) -> Databases:
        """`databases` where, of each foreign key, a parent with few children is gone.

        SQLite looks at keys only where it is asked to, and Hearth does not ask.
        """
        for bind in databases:
            for table in self._state(databases).schema(bind).tables.values():
                for key in table.foreign_keys:
                    without = any_engine.delete_a_parent(databases[bind], table.name, key)
                    databases = {**databases, bind: without}
        return databases

    def databases(self, name: str) -> Databases:
        """The copy that the story calls `name`: made, filled, then spoiled by its SQL."""
        deployment = next((d for d in self.exercise.deployments if d.name == name), None)
        if deployment is None:
            raise CourseError(f"{self.exercise.path}/exercise.toml has no deployment {name!r}.")
        return self.once(f"deployed {name}", lambda: self._deployed(deployment))

    @property
    def playground(self) -> Deployment:
        """The copy that lies in the learner's own folder."""
        own = (d for d in self.exercise.deployments if d.playground)
        return next(own, Deployment("your own", self.exercise.playground_revision))

    def laid_out(self) -> Databases:
        """Those that a learner begins with: at the starting revision, with the story's rows."""
        return self.once("laid out", self._laid_out)

    def _laid_out(self) -> Databases:
        own = self.playground
        databases = self.begun(own)
        if not self._state(databases).schema().tables:
            return databases
        rows = self.exercise.given["rows.sql"].decode()
        try:
            main = any_engine.run_script(databases[""], rows + own.sql)
        except sqlite3.Error as error:
            raise CourseError(
                f"{self.exercise.path}: rows.sql or the deployment's sql does not fit "
                f"{own.revision or 'the first tables'} ({error})."
            ) from error
        return {**databases, "": main}

    def begun(self, deployment: Deployment) -> Databases:
        """The databases of `deployment` before there are rows of the app in them."""
        if deployment.tables:
            made: Databases = {
                **self.empty(),
                "": self._scripted(self._without_tables, deployment.tables),
            }
        else:
            made = self._built_at(deployment.revision)
        # Other programs keep something in the main database, too.
        return {**made, "": self._scripted(made[""], self.exercise.theirs)}

    def _scripted(self, content: bytes, sql: str) -> bytes:
        """`content` after the exercise's own `sql`, which a server may not understand."""
        try:
            return any_engine.run_script(content, sql)
        except ServerRefused as error:
            raise CourseError(
                f"{self.exercise.path}/exercise.toml: the server refuses its SQL ({error}). "
                "Where only SQLite reads it, say so under [not_on]."
            ) from error

    def _deployed(self, deployment: Deployment) -> Databases:
        filled = self.filled(self.begun(deployment))
        spoiled = {**filled, "": self._scripted(filled[""], deployment.sql)}
        return self._completed(spoiled, self._state(filled).schema())

    def _completed(self, databases: Databases, before: Schema) -> Databases:
        """`databases` with awkward values also in what is not in the schema `before`."""
        for table in self._state(databases).schema().tables.values():
            if table.name not in before:
                databases = self.with_rows(databases, table.name)
                continue
            for column in table.columns.values():
                if column.name not in before[table.name].columns:
                    databases = self._completed_column(databases, table.name, column)
        return databases

    def _completed_column(self, databases: Databases, table: str, column: Column) -> Databases:
        known = self._state(databases).values(table, column.name)
        count = sum(value is None for value in known)
        on_a_server = self._is_on_a_server
        wishes = Wishes(by_forms=on_a_server, for_servers=on_a_server)
        alone = Table(table, {column.name: column})
        rows = make_rows(alone, count, self._seed_of(table), {}, wishes)
        lacks = lacking(column, [*known])
        if on_a_server:
            lacks = [value for value in lacks if fits_anywhere(column, value)]
        values = lacks + [row[column.name] for row in rows]
        values = values[: max(count - STILL_NULL, 0)]
        return {**databases, "": any_engine.fill_nulls(databases[""], table, column.name, values)}

    def _built_at(self, revision: str) -> Databases:
        if revision:
            return self._upgraded_to(revision)
        if self.exercise.changes_by == "revisions":
            return self.empty()
        return self._workspace.run(starter(self.exercise), ("create-all",), self.empty()).databases

    def _upgraded_to(self, revision: str) -> Databases:
        argv = ("flask", "db", "upgrade", revision)
        outcome = self._workspace.run(self.solution, argv, self.empty())
        table = self.exercise.version_table
        versions = {any_engine.read_version(each, table) for each in outcome.databases.values()}
        if versions != {(revision,)}:
            raise CourseError(
                f"The solution of {self.exercise.slug} cannot reach revision {revision}:\n"
                f"{outcome.completed.stderr}"
            )
        return outcome.databases

    # -- rows ------------------------------------------------------------------------------------

    def with_rows(
        self,
        databases: Databases,
        table: str,
        count: int | None = None,
        values: Mapping[str, list[Any]] | None = None,
        bind: str = "",
        by_goal: bool = False,
    ) -> Databases:
        """`databases` with random rows more in `table`, and some in its empty parents.

        There are `count`, or as many as it takes to hold every awkward kind of value; `values`
        fixes what a column may hold. With `by_goal` they are rows that the solution's table takes.
        """
        schema = self._table(databases, table, bind, by_goal)
        for key in schema.foreign_keys:
            if key.parent != table and not self._state(databases).rows(key.parent, bind):
                databases = self.with_rows(databases, key.parent, bind=bind, by_goal=by_goal)
        wishes = self._wishes(table, values or {})
        parents = self._parents(databases, schema, bind)
        number = next((c.name for c in schema.columns.values() if is_id(schema, c)), "")
        there = [row.get(number, 0) for row in self._state(databases).rows(table, bind)]
        last = max(there, default=0)
        rows = make_rows(schema, count, self._seed_of(table), parents, wishes, last)
        if last > NUMBERED:
            rows = [{k: v for k, v in row.items() if k != number} for row in rows]
        try:
            return {**databases, bind: any_engine.insert_rows(databases[bind], table, rows)}
        except sqlite3.Error as error:
            # Rows that fit the columns; what else the database asks for, it should not.
            raise Refused(
                f"The table {table} refuses a row that it should take:",
                f"  {error}",
                words=(*re.findall(r"\w+", str(error).rpartition(": ")[2]), table),
                misconception="a-stricter-rule-is-a-safer-rule",
            ) from None

    def _table(self, databases: Databases, name: str, bind: str, by_goal: bool) -> Table:
        """The table whose rows are made: the solution's, if `by_goal` and the columns are alike.

        What a schema shows of a rule depends on its wording: NOT NULL may be a CHECK, and a
        unique rule or a foreign key a trigger.
        """
        own = self._state(databases).schema(bind)[name]
        goal = self.goal(bind).tables.get(name) if by_goal else None
        if goal is None or goal.columns.keys() != own.columns.keys():
            return own
        # Where the answer is stricter, another check has the better words.
        columns = {
            name: replace(column, nullable=column.nullable and own.columns[name].nullable)
            for name, column in goal.columns.items()
        }
        return replace(goal, columns=columns, uniques=goal.uniques | own.uniques)

    def _seed_of(self, table: str) -> str:
        return f"{self._seed}/{self.exercise.slug}/{table}"

    def _parents(self, databases: Databases, table: Table, bind: str) -> dict[str, list[Any]]:
        """The keys that the rows of `table` may point at, by "table.column"."""
        return {
            f"{key.parent}.{column}": list(self._state(databases).values(key.parent, column, bind))
            for key in table.foreign_keys
            for column in key.parent_columns
        }

    def _wishes(self, table: str, only: Mapping[str, Sequence[Any]]) -> Wishes:
        """What the columns of `table` are to hold, by the exercise, and `only` this by a grader."""

        def of(values: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
            own = f"{table}."
            return {k.removeprefix(own): v for k, v in values.items() if k.startswith(own)}

        on_a_server = self._is_on_a_server
        return Wishes(
            {**of(self.exercise.values), **only},
            of(self.exercise.more_values),
            by_forms=self.exercise.changes_by == "models" or on_a_server,
            for_servers=on_a_server,
        )

    @property
    def _is_on_a_server(self) -> bool:
        """SQLite alone takes a NUL, a text that is longer than its column, and any number."""
        return isinstance(self._without_tables, ServerDatabase)

    def life(
        self,
        here: Databases,
        before: Mapping[str, Schema],
        rules: Databases | None = None,
        new_tables: bool = True,
    ) -> dict[str, Life]:
        """What people do to the databases `here`, by bind, whose schemas were once `before`.

        Nothing is written that the databases `rules` would refuse, nor, without `new_tables`, into
        a table that came since. See grading/project/life.py.
        """
        places, judges = self._places(here), self._places(rules or {})
        if not new_tables:
            places = {
                bind: Instance(
                    its.content,
                    its.schema.without(its.schema.tables.keys() - before[bind].tables.keys()),
                )
                for bind, its in places.items()
            }
        return {
            bind: lead(place, before[bind], self._further, judges.get(bind))
            for bind, place in places.items()
        }

    def life_with_words(
        self, here: Databases, words: Sequence[Literal], how: WordsIn
    ) -> dict[str, Life]:
        """What people add to `here` that holds `words`. See grading/project/word_rows.py."""
        closed = self.exercise.values
        return {
            bind: with_words(words, place, closed, how)
            for bind, place in self._places(here).items()
        }

    def _places(self, databases: Databases) -> dict[str, Instance]:
        state = self._state(databases)
        return {bind: Instance(content, state.schema(bind)) for bind, content in databases.items()}

    def _further(self, table: Table, parents: Mapping[str, Sequence[Any]]) -> list[Row]:
        """Rows that nothing in `table` is like: enough to add some, and to change some to."""
        keys = dict(parents)
        for key in table.foreign_keys:
            for column, its in zip(key.columns, key.parent_columns, strict=True):
                known = keys.setdefault(f"{key.parent}.{its}", [])
                if not known and not table.columns[column].nullable:
                    return []  # there is no row yet that one of these could point at
        seed = f"{self._seed}/{self.exercise.slug}/{table.name}/since"
        return make_rows(table, None, seed, keys, self._wishes(table.name, {}))

    def filled(self, databases: Databases, rows: int = 0, by_goal: bool = False) -> Databases:
        """`databases` with awkward rows in every table of every bind that has none.

        What other programs keep there gets some, too. With `rows`, each table gets so many; with
        `by_goal`, rows that the solution's tables take.
        """
        empty = [
            (table, bind) for bind in databases for table in self._to_fill(databases, bind, by_goal)
        ]
        for table, bind in empty:
            databases = self.with_rows(databases, table, rows or None, bind=bind, by_goal=by_goal)
        if "" in databases:  # the last rows of other programs' tables are gone again
            counted = any_engine.count_further(databases[""], [*self.theirs.tables])
            databases = {**databases, "": counted}
        return databases

    def _to_fill(self, databases: Databases, bind: str, by_goal: bool) -> list[str]:
        """The tables of `bind` that need rows, each after those that its rows point at."""
        state = self._state(databases)
        left = [
            self._table(databases, table.name, bind, by_goal)
            for table in state.schema(bind).tables.values()
            if not state.rows(table.name, bind)
            or (table.name in self.theirs and "version_num" not in table.columns)
        ]
        ordered: list[str] = []
        while left:
            names = {table.name for table in left}
            first = [t for t in left if not ({k.parent for k in t.foreign_keys} - {t.name}) & names]
            ordered += [table.name for table in first or left]
            left = [table for table in left if table.name not in ordered]
        return ordered

    def _state(self, databases: Databases) -> State:
        return State(databases, self.exercise.version_table)

    # -- what there is to compare with -----------------------------------------------------------

    @property
    def solution(self) -> Answer:
        """The shipped solution: the course's own, and trusted."""
        return self.once("solution", lambda: solution(self.exercise))

    def goal(self, bind: str = "") -> Schema:
        """The schema that the solution's models make in an empty database."""
        return self.schema_made_by(self.solution, bind)

    def schema_made_by(self, answer: Answer, bind: str = "") -> Schema:
        """The schema that the models of `answer` make in an empty database."""
        return read_schema(self.made_by(answer)[bind])

    def made_by(self, answer: Answer) -> Databases:
        """The databases that the models of `answer` make where there were none."""
        outcome = self._workspace.run(answer, ("create-all",), self.empty())
        if not outcome.completed.ok:
            reached = "[SQL: " in outcome.completed.stderr  # so the import went well
            doing = "Making the models' tables" if reached else "Importing the app and its models"
            raise CommandFailed(doing, outcome.completed)
        return outcome.databases

    @property
    def theirs(self) -> Schema:
        """What other programs keep in the same database."""
        table = self.exercise.version_table
        return read_schema(any_engine.run_script(self._without_tables, self.exercise.theirs), table)

    def once(self, what: str, make: Callable[[], T]) -> T:
        """What `make` gives, which only this exercise, its variant and the seed have a part in."""
        key = (self.exercise.path, self.exercise.variant, self._seed, what)
        return self._workspace.once(key, make)
