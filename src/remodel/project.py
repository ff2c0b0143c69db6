"""The fixture `project`: what a grader says about one answer, in the words of the field."""

import json
import shlex
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remodel import sqlite
from remodel.answer import Answer, solution
from remodel.catalog import Deployment
from remodel.errors import CourseError
from remodel.history import History, Revision
from remodel.refusal import CommandFailed, Refused
from remodel.rows import DEFAULT_COUNT, make_rows
from remodel.runner import Completed, witness
from remodel.schema import Column, Schema
from remodel.values import Rows, Values
from remodel.workspace import Databases, Workspace


@dataclass(frozen=True)
class Snapshot:
    """Every bind's schema and rows at one moment."""

    schemas: Mapping[str, Schema]
    rows: Mapping[tuple[str, str], Rows]
    version: tuple[str, ...]


@dataclass(frozen=True)
class Release:
    """What `flask release` did: did it start the app, and at which revision was the database?"""

    completed: Completed
    started: bool
    version: tuple[str, ...]

    @property
    def told(self) -> str:
        """The last line that it printed, Alembic's own talk left out."""
        printed = f"{self.completed.stdout}\n{self.completed.stderr}".splitlines()
        talk = ("INFO", "(Background on", "[SQL:")
        lines = [x.strip() for x in printed if x.strip() and not x.startswith(talk)]
        return lines[-1] if lines else "(it printed nothing)"


class Project:
    """One answer with its databases. Each test gets a fresh one; commands run once in a session."""

    def __init__(self, answer: Answer, workspace: Workspace, seed: str) -> None:
        self.answer, self.exercise = answer, answer.exercise
        self.seed = seed
        self._workspace = workspace
        self._databases: Databases = self._empty()
        self.went = "upgrade"
        self._on = ""  # the story's name of the copy that commands run on

    def copy(self) -> "Project":
        """The same answer and databases, to go another way with."""
        other = Project(self.answer, self._workspace, self.seed)
        other._databases, other._on = self._databases, self._on
        return other

    # -- where it starts ----------------------------------------------------------------------

    def at(self, revision: str | None = None) -> "Project":
        """Begin with a database that the course itself brought to `revision`, with no rows.

        The default is the newest deployed revision. Returns the project.
        """
        self._databases = self._built_at(revision or self.exercise.playground_revision)
        self._on = ""
        return self

    def empty(self) -> "Project":
        """Begin with empty databases. Returns the project."""
        self._databases = self._empty()
        self._on = ""
        return self

    def populated(self) -> "Project":
        """Begin at the newest deployed revision with awkward rows in every table."""
        self.at()
        self._fill()
        return self

    def _fill(self) -> None:
        """Awkward rows in every table of every bind that has none."""
        for bind in self._databases:
            for table in self.schema_of(bind).tables:
                if not self.rows(table, bind=bind):
                    self.with_rows(table, bind=bind)

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
        content = sqlite.insert_rows(self._databases[bind], table, rows)
        self._databases = {**self._databases, bind: content}
        filled: Rows = self.rows(table, bind=bind)
        return filled

    def deployment(self, name: str) -> "Project":
        """Begin with the copy of the database that the story calls `name`."""
        found = next((d for d in self.exercise.deployments if d.name == name), None)
        if found is None:
            raise CourseError(f"{self.exercise.path}/exercise.toml has no deployment {name!r}.")
        self._databases = self.deployed(found)
        self._on = name
        return self

    def deployed(self, deployment: Deployment) -> Databases:
        """The databases of `deployment`: at its revision, filled, then spoilt by its SQL."""
        self._databases = self._built_at(deployment.revision)
        self._fill()
        return {**self._databases, "": sqlite.run_script(self._databases[""], deployment.sql)}

    # -- what is done to it -------------------------------------------------------------------

    def flask(self, *arguments: str) -> Completed:
        """Run `flask …` in a fresh copy of the answer; the databases keep what it did.

        Says how the command ended. Its exit code may prove a refusal, never a success.
        """
        outcome = self._workspace.run(self.answer, ("flask", *arguments), self._databases)
        self._databases = outcome.databases
        return outcome.completed

    def upgrade(self, revision: str = "head") -> "Project":
        """`flask db upgrade`; refuses unless the database then says that it is there."""
        if (revision,) == self.history.heads:
            revision = "head"  # the same command, which then need not run twice
        self._step("upgrade", revision)
        wanted = self.history.heads if revision in ("head", "heads") else (revision,)
        for bind in self.binds:
            found = self.version_of(bind)
            if found != tuple(sorted(wanted)):
                command = f"flask db upgrade {revision}"
                raise CommandFailed.not_recorded(command, wanted, found, bind)
        return self

    def downgrade(self, revision: str = "-1") -> "Project":
        """`flask db downgrade`, one step or to `revision`."""
        before = self.version
        self._step("downgrade", revision)
        if self.version == before and revision not in before:
            raise CommandFailed.not_recorded(
                f"flask db downgrade {revision}", (f"not {', '.join(before)}",), self.version
            )
        return self

    def _step(self, command: str, revision: str) -> None:
        self.went = command
        # A revision like "-1" would be read as an option without the "--".
        dashes = ("--",) if revision.startswith("-") else ()
        completed = self.flask("db", command, *dashes, revision)
        if not completed.ok:
            typed = " ".join(("flask db", command, *dashes, revision))
            raise CommandFailed(typed, completed, on=self._on)

    def repair(self, name: str, file: str = "repair.txt") -> "Project":
        """Replay the commands of `file` that are meant for the deployment `name` on it.

        Stops at a command that fails; refuses whatever is not a `flask db …` line.
        """
        self.deployment(name)
        for number, line in self._commands(name, file):
            completed = self.flask(*shlex.split(line)[1:])
            if not completed.ok:
                raise CommandFailed(line, completed, source=f"{file}:{number}", on=name)
        return self

    def _commands(self, name: str, file: str) -> list[tuple[int, str]]:
        """The numbered lines under no heading, or under the heading `[name]`."""
        found, heading = [], name
        known = [deployment.name for deployment in self.exercise.deployments]
        for number, raw in enumerate(self.answer.text(file).splitlines(), 1):
            words = _words_of(raw)
            if len(words) == 1 and words[0] in (f"[{name}]" for name in known):
                heading = words[0].strip("[]")
            elif words and words[:2] != ["flask", "db"]:
                raise Refused(
                    f"{file}, line {number}: {raw.strip()[:50]!r} is not a `flask db …` command.",
                    f"Write one command on each line, or a heading such as [{known[0]}].",
                    where=f"{file}:{number}",
                    misconception="repair-txt-is-a-shell-script",
                )
            elif words and heading == name:
                found.append((number, shlex.join(words)))
        return found

    def add_scenario(self, file: str) -> "Project":
        """Add `scenarios/FILE` of the exercise to the revisions, as a colleague's push would."""
        content = (self.exercise.path / "scenarios" / file).read_bytes()
        files = {**self.answer.files, f"migrations/versions/{file}": content}
        self.answer = Answer(self.exercise, f"{self.answer.name}+{file}", files)
        return self

    def release(self, exit_code: int = 0) -> "Release":
        """Run `flask release -- COMMAND`; tells whether COMMAND ran, and on what database.

        COMMAND ends with `exit_code`.
        """
        command = (sys.executable, "-I", str(Path(witness.__file__)), str(exit_code))
        argv = ("flask", "release", "--", *command)
        outcome = self._workspace.run(self.answer, argv, {**self._databases, "started": b""})
        started = outcome.databases["started"]
        self._databases = {bind: outcome.databases[bind] for bind in self._databases}
        return Release(
            outcome.completed, bool(started), sqlite.read_version(started) if started else ()
        )

    def pages(self) -> dict[str, int]:
        """Every page of the app on these databases: path to HTTP status."""
        ids = {table: _telling_ids(self.rows(table)) for table in self.schema.tables}
        mark = "pages:"
        argv = ("visit", mark, json.dumps(ids))
        completed = self._workspace.run(self.answer, argv, self._databases).completed
        lines = [x for x in completed.stdout.splitlines() if x.startswith(mark)]
        if not completed.ok or not lines:
            raise CommandFailed("opening the app's pages", completed)
        return dict(json.loads(lines[-1].removeprefix(mark)))

    # -- what there is to see -----------------------------------------------------------------

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
        return sqlite.read_version(self._databases[""])

    def version_of(self, bind: str) -> tuple[str, ...]:
        """The revisions that the database of `bind` says it is at."""
        return sqlite.read_version(self._databases[bind])

    @property
    def schema(self) -> Schema:
        """The schema of the main database."""
        return self.schema_of("")

    def schema_of(self, bind: str) -> Schema:
        """The schema of the database of `bind`."""
        return sqlite.read_schema(self._databases[bind])

    def rows(self, table: str, column: str | None = None, bind: str = "") -> Any:
        """The Rows of `table`, or the Values of one `column`; refuses where it is not there."""
        try:
            found = sqlite.read_rows(self._databases[bind], table)
        except KeyError:
            raise Refused(f"There is no table {table}.", words=(table,)) from None
        rows = Rows(table, self.schema_of(bind)[table].primary_key, tuple(found))
        if column is None:
            return rows
        if column not in self.schema_of(bind)[table].columns:
            raise Refused(f"The table {table} has no column {column}.", words=(column, table))
        return rows.column(column)

    def column(self, table: str, name: str, bind: str = "") -> Column:
        """What the schema says of one column; refuses where it is not there."""
        schema = self.schema_of(bind)
        if table not in schema:
            raise Refused(f"There is no table {table}.", words=(table,))
        if name not in schema[table].columns:
            raise Refused(f"The table {table} has no column {name}.", words=(name, table))
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

    # -- what it is compared with -------------------------------------------------------------

    def model_schema(self, bind: str = "") -> Schema:
        """The schema that the answer's own models make in an empty database."""
        return self._made_by(self.answer, bind)

    def goal(self, bind: str = "") -> Schema:
        """The schema that the solution's models make in an empty database."""
        return self._made_by(solution(self.exercise), bind)

    def _made_by(self, answer: Answer, bind: str) -> Schema:
        outcome = self._workspace.run(answer, ("create-all",), self._empty())
        if not outcome.completed.ok:
            raise CommandFailed("importing the app and its models", outcome.completed)
        return sqlite.read_schema(outcome.databases[bind])

    # -- within -------------------------------------------------------------------------------

    def _empty(self) -> Databases:
        return {"": b"", **dict.fromkeys(self.exercise.binds, b"")}

    def _built_at(self, revision: str) -> Databases:
        trusted = solution(self.exercise)
        argv = ("flask", "db", "upgrade", revision)
        outcome = self._workspace.run(trusted, argv, self._empty())
        if any(sqlite.read_version(each) != (revision,) for each in outcome.databases.values()):
            raise CourseError(
                f"The solution of {self.exercise.slug} cannot reach revision {revision}:\n"
                f"{outcome.completed.stderr}"
            )
        return outcome.databases


def _telling_ids(rows: Rows) -> list[int]:
    """The ids of the longest, the shortest and the middle row: 5 ms a page forbid all of them."""
    ids = [row["id"] for row in sorted(rows, key=lambda row: len(str(row))) if "id" in row]
    return list(dict.fromkeys(ids[:1] + ids[len(ids) // 2 :][:1] + ids[-1:]))


def same_rows(before: Rows, after: Rows) -> tuple[Values, Values] | None:
    """The first column that both have and that differs, (after, before), or None."""
    for name in before[0] if before else ():
        if after and name not in after[0]:
            continue
        then = before.column(name)
        now = after.column(name) if after else Values(after.table, name, {})
        if then != now:
            return now, then
    return None


def _words_of(line: str) -> list[str]:
    """The words of a shell command, without a comment; the whole line where a quote is open."""
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return [line]
