"""The fixture `project`: what a grader says about one answer, in the words of the field."""

import copy
import json
import shlex
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from remodel.course.tree import read_tree
from remodel.database import any_engine, sqlite
from remodel.database.differences import Difference, differences, lost_names
from remodel.database.probes import response_to
from remodel.database.schema import Column, Schema, Table
from remodel.database.values import (
    Rows,
    Values,
    count_lost,
    example,
    first_differing,
    lost_values,
    most_telling,
    show_both,
    show_key,
    words_for,
)
from remodel.errors import CourseError, NotGraded
from remodel.grading.answer import Answer, deployed_files, starter
from remodel.grading.filled_in import FilledLine, filled_in
from remodel.grading.findings import Finding, findings_between, read_findings
from remodel.grading.left_open import left_open
from remodel.grading.literals import Literal
from remodel.grading.project.app_use import use_app
from remodel.grading.project.deployments import Deployments
from remodel.grading.project.life import Life
from remodel.grading.project.own_releases import OwnReleases, read_own_releases
from remodel.grading.project.printed import printed
from remodel.grading.project.release import ENVIRONMENT, PLAIN, Release, arguments
from remodel.grading.project.rollout import Code, Plan, Rollout, roll_out
from remodel.grading.project.state import Snapshot, State
from remodel.grading.project.word_rows import WordsIn
from remodel.grading.refusal import (
    CommandFailed,
    Refused,
    goes_on,
    id_is_gone,
    not_recorded,
    wrote_elsewhere,
)
from remodel.grading.repair_script import commands_for
from remodel.grading.workspace.leftovers import Files
from remodel.grading.workspace.workspace import Databases, RunResult, Workspace
from remodel.history import IDS, VERSIONS, History, Revision, read_history
from remodel.runner import Completed, witness
from remodel.runner.error_lines import shortened
from remodel.runner.locks import WAITS, LockedStatement
from remodel.runner.readings import Asked, Errors, Held, Mapped, Reading
from remodel.runner.rollout import Ask, Step
from remodel.scratch import scratch


class Project:
    """One answer with its databases. Each test gets a fresh one; commands run once in a session."""

    def __init__(self, answer: Answer, workspace: Workspace, seed: str) -> None:
        self.answer, self.exercise, self.runs = answer, answer.exercise, workspace
        self.seed = seed
        self.deployments = Deployments(self.exercise, workspace, seed)
        self.databases: Databases = self.deployments.empty()
        #: The function of a revision that ran last: a message looks for its line there.
        self.direction = "upgrade"
        #: What that command began with; None where none ran yet.
        self.migrated: Databases | None = None
        #: Whether the learner's releases were taken, one after the other.
        self.released = False
        #: What commands left beside the databases; None where each has a machine to itself.
        self._left: Files | None = None
        #: What is wrong around each command; "" where nothing is.
        self._amid = ""
        #: The story's name of the copy that commands run on, for messages.
        self.called = ""
        #: Each command that was replayed last: its place, itself, and what there was after it.
        self.replayed: list[tuple[str, str, Databases]] = []

    # -- where a check begins --------------------------------------------------------------------

    def empty(self) -> Self:
        """Begin with empty databases. Returns the project."""
        return self.starting_from(self.deployments.empty())

    def at(self, revision: str | None = None) -> Self:
        """Begin with a database that the course itself brought to `revision`, with no rows.

        The default is the newest deployed revision; where the exercise has none, a database is
        empty at first, or holds what the given models' create_all makes. A SQL script begins with
        the tables that the learner has, where exercise.toml tells them. Returns the project.
        """
        return self.starting_from(self.deployments.at(revision))

    def populated(self) -> Self:
        """Begin at the newest deployed revision with awkward rows in every table."""
        return self.starting_from(self.deployments.populated())

    def big(self) -> Self:
        """Begin at the newest deployed revision with more than a thousand rows in every table."""
        return self.starting_from(self.deployments.big())

    def where_revisions_run(self) -> Self:
        """Begin with rows where the revisions run there, or else with empty databases."""
        if self.populated().copy().flask("db", "upgrade", "head").ok:
            return self
        return self.empty()

    def laid_out(self) -> Self:
        """Begin with the databases of a playground, as the learner finds them. Returns it."""
        return self.starting_from(self.deployments.laid_out())

    def deployment(self, name: str) -> Self:
        """Begin with the copy of the database that the story calls `name`."""
        return self.starting_from(self.deployments.databases(name), name)

    def starting_from(self, databases: Databases, called: str = "") -> Self:
        """Begin with these databases, whoever made them. Returns the project."""
        self.databases, self.called, self._left = databases, called, None
        self.replayed, self.migrated, self._amid = [], None, ""
        return self

    def with_rows(
        self,
        table: str,
        count: int | None = None,
        values: Mapping[str, list[Any]] | None = None,
        bind: str = "",
    ) -> Rows:
        """Add random rows to `table` (and to its empty parents); returns all its rows.

        There are `count`, or as many as it takes to hold every awkward kind of value; `values`
        fixes what a column may hold.
        """
        self.databases = self.deployments.with_rows(self.databases, table, count, values, bind)
        return self.state.rows(table, bind)

    def life(
        self, before: Snapshot, rules: Databases | None = None, new_tables: bool = True
    ) -> dict[str, Life]:
        """What people may do to these databases, which held `before` when they began.

        Nothing is written that the databases `rules` would refuse, where they are given; without
        `new_tables`, nothing into a table that was not there before.
        """
        return self.deployments.life(self.databases, before.schemas, rules, new_tables)

    def life_with_words(self, words: Sequence[Literal], how: WordsIn) -> dict[str, Life]:
        """Rows to add to these databases that hold `words`, in the way that `how` says.

        Nothing is written into a column whose values exercise.toml tells.
        """
        return self.deployments.life_with_words(self.databases, words, how)

    def lived(self, life: Mapping[str, Life]) -> Self:
        """Let people do what `life` says of each bind, by SQL; no command of the answer runs.

        Refuses where the database refuses one of the rows.
        """
        try:
            lived = {bind: life[bind].lived(content) for bind, content in self.databases.items()}
        except sqlite3.Error as error:
            raise Refused("The database refuses a row that it should take:", f"  {error}") from None
        self.databases = lived
        return self

    def add_scenario(self, name: str) -> Self:
        """Add `scenarios/NAME` of the exercise to the answer, as a colleague's push would.

        A file is a revision; what is in a folder lies over the app, at the same paths.
        """
        path = self.exercise.path / "scenarios" / name
        pushed = (
            read_tree(path, [each.name for each in path.iterdir()])
            if path.is_dir()
            else {f"{VERSIONS}{name}": path.read_bytes()}
        )
        return self._with_files(name, {f: self.exercise.reworded(c) for f, c in pushed.items()})

    def check_out(self, folder: str) -> Self:
        """Lay the revisions as they are now in `folder`, too, as a checkout of main would."""
        now = {f: c for f, c in self.answer.files.items() if f.startswith(VERSIONS)}
        return self._with_files(
            folder, {f"{folder}/{f.removeprefix(VERSIONS)}": c for f, c in now.items()}
        )

    def _with_files(self, name: str, more: Mapping[str, bytes]) -> Self:
        files = {**self.answer.files, **more}
        self.answer = Answer(self.exercise, f"{self.answer.name}+{name}", files)
        return self

    def drift(self, sql: str, bind: str = "") -> Self:
        """Change the main database by `sql`, as somebody does who passes the revisions by.

        Refuses where the database has not what `sql` changes.
        """
        try:
            changed = any_engine.run_script(self.databases[bind], self.word(sql))
        except sqlite3.Error as error:
            raise Refused(f"The database refuses a change that it should take: {error}.") from None
        self.databases = {**self.databases, bind: changed}
        return self

    def killed_while_writing(self, ahead: bool = False) -> Self:
        """Somebody who wrote to the main database was killed: a journal lies beside it.

        Or a `-wal`, where he wrote `ahead` of it. From here on, it is one machine. The next who
        opens the database is given it as it was.
        """
        leaving, end = (sqlite.unmerged, "wal") if ahead else (sqlite.interrupted, "journal")
        with scratch() as folder:
            half, beside = leaving(self.databases[""], folder)
        self.databases = {**self.databases, "": half}
        self._left = {f"{self.runs.main_file}-{end}": beside}
        return self

    def while_somebody_reads(self) -> Self:
        """From here on, somebody reads the main database in one transaction. Returns it.

        On SQLite nobody can commit beside it, and `flask …` or a release cannot either.
        """
        return self._in_surroundings("a long reader")

    def on_a_full_disk(self) -> Self:
        """From here on, no file can become larger than the main database is. Returns it."""
        return self._in_surroundings("a full disk")

    def _in_surroundings(self, what: str) -> Self:
        if self.runs.runner.name == "inline" or sys.platform == "win32":
            raise NotGraded(f"{self.exercise.slug} needs {what}, and there is none here.")
        self._amid = what
        return self

    def on_one_machine(self) -> Self:
        """From here on, a command finds the files that the ones before it left. Returns it."""
        self._left = {}
        return self

    def restarted(self) -> Self:
        """That machine is started again: its folder for temporary files is empty. Returns it."""
        left = (self._left or {}).items()
        self._left = {name: content for name, content in left if not name.startswith("tmp/")}
        return self

    def left(self, file: str) -> str:
        """What commands on this machine wrote into `file` of the app's folder; "" without it."""
        return (self._left or {}).get(f"app/{file}", b"").decode(errors="replace")

    def copy(self) -> Self:
        """The same answer and databases, to go another way with."""
        return copy.copy(self)

    # -- what runs -------------------------------------------------------------------------------

    def flask(self, *arguments: str) -> Completed:
        """Run `flask …` in a fresh copy of the answer; the databases keep what it did.

        Says how the command ended. Its exit code may prove a refusal, never a success.
        """
        if arguments[:1] == ("db",) and arguments[1:2] in (("upgrade",), ("downgrade",)):
            self.direction, self.migrated = arguments[1], self.databases
        outcome = self._run(("flask", *arguments), self.databases)
        self.databases = outcome.databases
        return outcome.completed

    def _run(self, argv: tuple[str, ...], databases: Databases) -> RunResult:
        argv = ("amid", self._amid, *argv) if self._amid else argv
        outcome = self.runs.run(self.answer, argv, databases, self._left or {})
        if self._left is not None:
            self._left = outcome.left
        return outcome

    def flask_in_turn(self, *commands: str) -> Completed:
        """Run several `flask …` commands in one copy: the next one finds the files of the last.

        Ends with the first that fails. The databases keep what was done.
        """
        words = [shlex.split(command)[1:] for command in commands]
        outcome = self.runs.run(self.answer, ("in-turn", json.dumps(words)), self.databases)
        self.databases = outcome.databases
        return outcome.completed

    def type(self, *words: str) -> Completed:
        """Run `flask …` as somebody types it in a playground that has these databases.

        It is the program itself, which a shell starts in a terminal. The databases keep what it
        did.
        """
        outcome = self.runs.run(self.answer, ("typed", "flask", *words), self.databases)
        self.databases = outcome.databases
        return outcome.completed

    def start(self) -> Completed:
        """Load the app with its models, as whatever it does begins; the databases keep that."""
        return self.perform("mapped", self.runs.mark)

    def perform(self, *task: str) -> Completed:
        """Perform a task of the worker's that is no plain `flask` command, as `flask` does."""
        outcome = self.runs.run(self.answer, task, self.databases)
        self.databases = outcome.databases
        return outcome.completed

    def must(self, *words: str) -> Completed:
        """Run a command, `flask …`; refuses where it fails, with the error, its file and line."""
        if words[:1] != ("flask",):
            raise CourseError(f"The grader asks for {words}: write the whole command, `flask …`.")
        completed = self.flask(*words[1:])
        if not completed.ok:
            raise CommandFailed(shortened(" ".join(words), 60), completed, on=self.called)
        return completed

    def detected(self) -> list[str]:
        """What `flask db check` detects, in Alembic's words, or its error; [] where it is clean."""
        completed = self.perform("detect", self.runs.mark)
        if completed.ok:
            return []
        return printed(completed, self.runs.mark, list[str]) or [completed.error_line]

    def locks(self, direction: str = "upgrade") -> list[LockedStatement]:
        """What each statement of `flask db upgrade` locks on PostgreSQL; [] on other databases.

        Or of a `direction` "downgrade": all the way back, through each revision of the answer.
        Where it fails, they are the statements before the one that failed.
        """
        return self.x_ray(direction)[0]

    def x_ray(self, direction: str = "upgrade") -> tuple[list[LockedStatement], Completed]:
        """What `locks` gives, and how the command ended."""
        back = [self.exercise.playground_revision or "base"] if direction == "downgrade" else []
        completed = self.copy().perform("x-ray", self.runs.mark, "db", direction, *back)
        statements = printed(completed, self.runs.mark, list[LockedStatement]) or []
        own = [each for each in statements if self.exercise.version_table not in each.statement]
        return own, completed

    def upgrade(self, revision: str = "head") -> Self:
        """`flask db upgrade`; refuses unless the database then says that it is there."""
        if (revision,) == self.history.heads:
            revision = "head"  # the same command, which then need not run twice
        self._step("upgrade", revision)
        wanted = self.history.heads if revision in ("head", "heads") else (revision,)
        for bind in self.binds:
            recorded = self.version_of(bind)
            if recorded != tuple(sorted(wanted)):
                command = f"flask db upgrade {revision}"
                if wanted == (revision,) and not self.history.get(revision):
                    raise id_is_gone(command, revision, recorded)
                there, place = bool(self.databases[bind]), self._left_open()
                raise not_recorded(command, wanted, recorded, bind, there=there, left_open=place)
        return self

    def _left_open(self) -> str:
        """The line of env.py that may have kept the last command from changing anything."""
        before = State(self.migrated or {}, self.exercise.version_table)
        return left_open(self.answer) if before.snapshot() == self.snapshot() else ""

    def run_sql(self, file: str) -> Self:
        """`flask run-sql FILE`, which an exercise of kind "sql" gives; refuses where it fails."""
        completed = self.flask("run-sql", file)
        if not completed.ok:
            failed = CommandFailed(f"flask run-sql {file}", completed, source=file, on=self.called)
            failed.misconception = "a-script-that-was-never-run"
            raise failed
        return self

    def finish(self) -> Self:
        """Do to these databases what the learner's work is there for; rows come along.

        Upgrades; or runs the handed-in SQL; or, where models alone are the work, makes a database
        of them (`flask init-db`) and fills it.
        """
        how = self.exercise.changes_by
        if how == "revisions":
            return self.upgrade()
        if how == "sql":
            return self.run_sql(self.exercise.edits[0])
        self.empty().must("flask", "init-db")
        self.databases = self.deployments.filled(self.databases, by_goal=True)
        return self

    def downgrade(self, revision: str = "-1") -> Self:
        """`flask db downgrade`, one step or to `revision`."""
        before = self.version
        self._step("downgrade", revision)
        if self.version == before and revision not in before:
            command = f"flask db downgrade {revision}"
            wanted = self._below(revision, before)
            raise not_recorded(command, wanted, self.version, left_open=self._left_open())
        return self

    def _below(self, revision: str, before: tuple[str, ...]) -> tuple[str, ...]:
        """What a database that was at `before` records after a downgrade to `revision`."""
        if revision != "-1":
            return () if revision == "base" else (revision,)
        here = self.history.get(before[0]) if before else None
        return here.down if here else ()

    def _is_one_below(self, revision: str) -> bool:
        """Whether `revision` is what "-1" leads to."""
        here = self.history.get(self.version[0]) if len(self.version) == 1 else None
        if here is None or len(self.history.heads) != 1 or here.depends:
            return False  # what it depends on goes, too, on the way to its parent
        return (revision,) == (here.down or ("base",))

    def step(self, command: str, revision: str) -> tuple[str, ...]:
        """What leads from here to `revision`, in the words that other checks use for the same.

        A command that was run once need not run again. Begins with "db".
        """
        if command == "downgrade" and self._is_one_below(revision):
            revision = "-1"
        return ("db", command, *_as_argument(revision))

    def _step(self, command: str, revision: str) -> None:
        completed = self.flask(*self.step(command, revision))
        typed = " ".join(("flask db", command, *_as_argument(revision)))
        if not completed.ok:
            raise CommandFailed(typed, completed, on=self.called)
        if completed.goes_on:
            raise goes_on(typed)
        if completed.wrote:
            raise wrote_elsewhere(typed, completed.wrote)

    def repair(self, name: str, file: str = "repair.txt") -> Self:
        """Replay the commands of `file` that are meant for the deployment `name` on it.

        Stops at a command that fails; refuses whatever is not a `flask db …` line.
        """
        self.deployment(name)
        copies = {deployment.name: deployment.commands for deployment in self.exercise.deployments}
        for number, line in commands_for(name, self.answer.text(file), file, copies):
            completed = self.flask(*shlex.split(line)[1:])
            self.replayed += [(f"{file}:{number}", line, self.databases)]
            if not completed.ok:
                failure = CommandFailed(line, completed, source=f"{file}:{number}", on=name)
                raise failure.outside(deployed_files(self.exercise))
        return self

    def release(self, ends: int | str = 0, awkward: bool = False) -> Release:
        """Run `flask release -- COMMAND`; tells whether COMMAND ran, how, and on what database.

        COMMAND ends with the exit code `ends`, by a signal where that is below 0, or as somebody
        stops the release, where it is "stopped"; where it is "absent", there is no such program.
        Its arguments are few and plain, or, where they are `awkward`, of every kind there is.
        Raises NotGraded where there are no processes to start.
        """
        if self.runs.runner.name == "inline":
            raise NotGraded(
                f"{self.exercise.slug} starts a program, and the inline runner has no processes. "
                "Check it with another runner."
            )
        given = arguments(self.seed) if awkward else PLAIN
        program = "no-such-program" if ends == "absent" else sys.executable
        command = (program, "-I", str(Path(witness.__file__)), str(ends), *given)
        argv = ("release", json.dumps(ENVIRONMENT), *command)
        outcome = self._run(argv, {**self.databases, "started": b""})
        self.databases = {bind: outcome.databases[bind] for bind in self.databases}
        completed = outcome.completed.without(" ".join(command), "COMMAND")
        return Release(completed, given, outcome.databases["started"])

    def roll_out(
        self,
        codes: Mapping[str, Code],
        steps: Sequence[tuple[str, Step]],
        asks: Sequence[Ask],
        table: str,
        page: str,
    ) -> Rollout:
        """Take the releases of `steps`, while people use the apps; gives what was answered.

        See Plan in grading/project/rollout.py. Refuses where a step or a request fails.
        """
        return roll_out(self, Plan(codes, steps, asks, table, page))

    def own_releases(self, file: str) -> OwnReleases:
        """The releases that the learner planned in `file`, for `roll_out`; refuses other lines."""
        return read_own_releases(self.answer, file)

    def mapped_attributes(self) -> Mapped:
        """What the ORM knows of the answer's models; {} where the app does not start."""
        return self._started()[0]

    def settings(self) -> dict[str, str]:
        """What the app tells Flask and SQLAlchemy beside its models; {} where it does not start."""
        return self._started()[1]

    def _started(self) -> tuple[Mapped, dict[str, str]]:
        completed = self.copy().empty().start()
        if not completed.ok:
            return {}, {}
        seen = printed(completed, self.runs.mark, tuple[Mapped, dict[str, str]])
        return seen or ({}, {})

    def use_models(self, *texts: str) -> tuple[Reading, Errors, Held]:
        """Write `texts` and more through the answer's models.

        Gives what is read through them then, how each thing went that was done before, and what the
        database holds where nothing was written.
        """
        mark = self.runs.mark
        tables = [table for bind in self.binds for table in self.goal(bind).tables.values()]
        completed = self.perform("write", mark, json.dumps([texts, asked_of(tables)]))
        seen = printed(completed, mark, tuple[Reading, Errors, Held]) if completed.ok else None
        if seen is None:
            raise CommandFailed("Writing through the models", completed)
        return seen

    def pages(self) -> dict[str, int]:
        """Every page of the app on these databases: path to HTTP status.

        A page that fails refuses with the app's own error and where it arose.
        """
        completed, seen = self._visited()
        statuses = {path: status for path, (status, _) in seen.items()}
        broken = [f"{path} ({status})" for path, status in statuses.items() if status >= 400]
        if broken:
            raise CommandFailed(f"Opening {broken[0]}", completed)
        return statuses

    def answers(self) -> dict[str, tuple[int, list[str]]]:
        """The same, those of pages that fail too, each with what it then tells people to type."""
        return self._visited()[1]

    def _visited(self) -> tuple[Completed, dict[str, tuple[int, list[str]]]]:
        ids = {table: _sample_ids(self.rows(table)) for table in self.schema.tables}
        mark = self.runs.mark
        argv = ("visit", mark, json.dumps(ids))
        completed = self.runs.run(self.answer, argv, self.databases).completed
        form = list[tuple[str, int, list[str]]]
        seen = printed(completed, mark, form) if completed.ok else None
        if seen is None:
            raise CommandFailed("Opening the app's pages", completed)
        return completed, {path: (status, words) for path, status, words in seen}

    def use_app(self, solved: Databases | None = None) -> Self:
        """Fill every form of the app, old rows and new ones, and press every button.

        Refuses where the rows are then other than the solution's app leaves them, or where a page
        ends with an error. `solved`: databases that the solution made, with the same rows.
        """
        use_app(self, solved)
        return self

    # -- what there is to see --------------------------------------------------------------------

    @property
    def state(self) -> State:
        """These databases as they are now."""
        return State(self.databases, self.exercise.version_table)

    def rows(self, table: str, column: str | None = None, bind: str = "") -> Any:
        """The Rows of `table`, or the Values of one `column`; refuses where it is not there."""
        if column is None:
            return self.state.rows(table, bind)
        return self.state.values(table, column, bind)

    def column(self, table: str, name: str, bind: str = "") -> Column:
        """What the schema says of one column; refuses where it is not there."""
        return self.state.column(table, name, bind)

    @property
    def schema(self) -> Schema:
        """The schema of the main database."""
        return self.state.schema()

    def schema_of(self, bind: str) -> Schema:
        """The schema of the database of `bind`."""
        return self.state.schema(bind)

    def own_schema(self, bind: str = "") -> Schema:
        """The schema of `bind` without the tables in the exercise's `theirs`."""
        return self.state.schema(bind).without(self.deployments.theirs.tables)

    @property
    def version(self) -> tuple[str, ...]:
        """The revisions that the database itself says it is at."""
        return self.state.version()

    def version_of(self, bind: str) -> tuple[str, ...]:
        """The revisions that the database of `bind` says it is at."""
        return self.state.version(bind)

    def snapshot(self) -> Snapshot:
        """Everything there is to see now, to compare with later."""
        return self.state.snapshot()

    def orphans(self) -> list[tuple[str, int, str]]:
        """Rows whose parent is missing, over all binds: (table, rowid, parent)."""
        return self.state.orphans()

    def must_refuse(self, *statements: str) -> Self:
        """Refuse where the database does not refuse each of `statements`, tried by itself."""
        for sql in statements:
            response = response_to(self.databases[""], self.word(sql))
            if response:
                raise Refused("The database has to refuse this:", f"  {sql}", f"It {response}.")
        return self

    def must_take(self, *statements: str) -> Self:
        """Refuse where the database refuses one of `statements`, tried by itself."""
        for sql in statements:
            if not response_to(self.databases[""], self.word(sql)):
                raise Refused("This breaks no rule, and the database refuses it:", f"  {sql}")
        return self

    @property
    def binds(self) -> tuple[str, ...]:
        """The names of the databases; "" is the main one."""
        return tuple(self.databases)

    @property
    def history(self) -> History:
        """The answer's revision graph, read from its files."""
        computed = self.answer.history.computed
        if not computed:
            return self.answer.history
        argv = ("revision-ids", mark := self.runs.mark, json.dumps([computed, IDS]))
        completed = self.runs.run(self.answer, argv, self.deployments.empty()).completed
        ids = printed(completed, mark, dict[str, tuple[Any, Any, Any, Any] | str])
        return read_history(self.answer.files, ids)

    @property
    def new_revisions(self) -> list[Revision]:
        """The revisions that are not deployed yet, from base to head."""
        return self.history.since(set(self.exercise.deployed))

    @property
    def own_revisions(self) -> list[Revision]:
        """Those of the new revisions that the learner wrote or edited, from base to head."""
        given = self.exercise.given
        return [r for r in self.new_revisions if self.answer.files[r.file] != given.get(r.file)]

    def word(self, text: str) -> str:
        """Translate `text` from the published variant's names to this answer's."""
        return self.exercise.wording.translate(text)

    # -- what must be true -----------------------------------------------------------------------

    def must_be_at_head(self) -> Self:
        """Refuse unless these databases say that they are at the head of the learner's files."""
        heads = self.history.heads
        if not heads:
            raise Refused("There is no revision in migrations/versions/.")
        for bind in self.binds:
            if self.version_of(bind) != heads:
                says = self._says(bind)
                raise Refused(f"{says}; the head of your files is {', '.join(heads)}.")
        return self

    def must_be_in_order(self) -> Self:
        """Refuse unless these databases are at the head and have what the exercise asks for.

        Names of constraints and server defaults count: a copy that was repaired is like the others,
        or a later revision that names an index fails on it alone.
        """
        self.must_be_at_head()
        counts = {*self.exercise.compare, "names", "defaults"}
        for bind in self.binds:
            differing = differences(self.goal(bind), self.own_schema(bind), counts)
            for each in differing[:1]:
                belief = self.believed(differing)
                raise Refused(f"{self._says(bind)}, and {each.sentence}.", misconception=belief)
        return self

    def must_keep_nobody_waiting(self, direction: str = "upgrade") -> Self:
        """Refuse where `flask db upgrade` locks a table so that who reads or writes it waits.

        Or `flask db downgrade`, by its `direction`. It is for PostgreSQL; the databases stay.
        """
        for each in self.locks(direction):
            for lock in each.waited_for:
                raise self._waited_for(each, lock, direction)
        return self

    def must_keep_nobody_waiting_long(self, direction: str = "upgrade") -> Self:
        """Refuse where all rows of a table are read or copied while somebody waits for a lock.

        One that is free again before a row is read is short on a table of any size. Else as
        `must_keep_nobody_waiting`.
        """
        for each in self.locks(direction):
            done = [f"copies all rows of {table}" for table in each.copied]
            done += [f"reads all rows of {table}" for table in each.read]
            for meanwhile, lock in zip(done[:1], each.waited_for, strict=False):
                raise self._waited_for(each, lock, direction, f" a statement that {meanwhile}:")
        return self

    def _waited_for(
        self, each: LockedStatement, lock: tuple[str, str], direction: str, which: str = ""
    ) -> Refused:
        table, mode = lock
        command = f"`flask db {direction}`" + (f" on {self.called}" if self.called else "")
        who = WAITS[mode].replace(" it", f" {table}")
        since = "" if lock in each.taken else ", held since an earlier statement"
        return Refused(
            f"In {command}, {who} waits for{which}",
            f"  {each.statement}",
            f"({mode}{since}.)",
            words=(table,),
            function=direction,
            where=each.line or None,
        )

    def must_print(self, wanted: list[str], *words: str, in_order: bool = False) -> Self:
        """Refuse where a command prints other lines than `wanted`, or changes the databases."""
        before, typed = self.snapshot(), shortened(" ".join(words), 60)
        lines = self.must(*words).stdout.splitlines()
        missing = [line for line in wanted if line not in lines]
        extra = [line for line in lines if line not in wanted]
        # Of an output that is far too long the middle is cut: then only what is there is said.
        if missing and len(lines) <= len(wanted):
            raise Refused(f"`{typed}` does not print {missing[0]}")
        if extra:
            raise Refused(f"`{typed}` prints what is not so: {extra[0]}")
        if missing:
            raise Refused(f"`{typed}` does not print {missing[0]}")
        if len(lines) != len(wanted):
            raise Refused(f"`{typed}` prints a row more than once, or of two rows one alone.")
        for line, right in zip(lines, wanted, strict=True):
            if in_order and line != right:
                raise Refused(f"`{typed}` prints {line} where {right} should stand.")
        if self.snapshot() != before:
            raise Refused(f"`{typed}` changes the database.")
        return self

    def must_only_print(self, command: str) -> Self:
        """Refuse where `command` with `--sql` changes the main database, or prints nothing.

        What it prints is run then.
        """
        before, typed = self.databases, f"{command} --sql"
        printed = self.must(*shlex.split(typed)).stdout
        if self.state.schema() != State(before, "").schema():
            raise Refused(f"`{typed}` changes the database, and should only print.")
        if not printed.strip():
            raise Refused(f"`{typed}` prints nothing.")
        return self.drift(printed)

    def must_refuse_to_go_back(self) -> Completed:
        """Refuse unless `flask db downgrade` ends with an error here and leaves all as it was.

        Says how it ended: whether the refusal is a good sentence is for the caller to judge.
        """
        before, counted = self.snapshot(), self._counted()
        ended = self.flask("db", "downgrade")
        if ended.ok or self.version != before.version:
            at = ", ".join(self.version) or "no revision"
            raise Refused(
                f"With {counted}, `flask db downgrade` ended with exit code {ended.exit_code}, "
                f"and the database is at {at}.",
                "It should refuse, and stay where it is.",
                function="downgrade",
                revisions=before.version,
            )
        for bind, schema in before.schemas.items():
            for difference in differences(schema, self.schema_of(bind), ("names", "defaults")):
                raise Refused(
                    f"After the refusal, with {counted}, {difference.sentence}.",
                    words=difference.words,
                    function="downgrade",
                    revisions=before.version,
                )
        try:
            self.must_keep(before)
        except Refused as refused:
            refused.revisions = before.version
            raise
        return ended

    def _counted(self) -> str:
        """How many rows there are, by table: "1 row of room, 24 rows of furniture"."""
        rows = {t: len(its) for at in self.snapshot().binds.values() for t, its in at.rows.items()}
        return (
            ", ".join(f"{n} row{'s' * (n != 1)} of {t}" for t, n in rows.items() if n) or "no rows"
        )

    def must_keep(self, before: Snapshot) -> Self:
        """Refuse where a table, a column, a row, a value or a rule's name of `before` is lost.

        A row is the same under the same key, a value where it is equal and of the same type. New
        tables and columns may have come, but no row that nobody wrote. Where only the columns
        that stay are meant, because the schema changes: that is the standard check of the rows.
        """
        for bind, contents in before.binds.items():
            for table, rows in contents.rows.items():
                for column in rows[0] if rows else ():
                    self.state.column(table, column, bind)
                lost = lost_values(rows, self.state.rows(table, bind))
                if lost:
                    raise self._lost(rows, *lost)
            for each in lost_names(contents.schema, self.schema_of(bind)):
                sentence = f"{self._on or 'Afterwards, '}{each.sentence}."
                raise Refused(sentence, misconception="a-name-does-not-matter")
        return self

    def must_hold(self, wanted: Snapshot) -> Self:
        """Refuse where a table of `wanted` holds other rows or values here than there.

        Where `must_keep` looks at what was there before, this looks at what came since, too: the
        solution's snapshot says what a new column holds, and that a new table is empty.
        """
        for bind, contents in wanted.binds.items():
            for table, rows in contents.rows.items():
                for column in contents.schema[table].columns:
                    now, then = self.state.values(table, column, bind), rows.column(column)
                    if now != then:
                        raise self._unlike(now, then)
        return self

    def _unlike(self, now: Values, wanted: Values) -> Refused:
        table, column = wanted.table, wanted.column
        if now.by_key.keys() != wanted.by_key.keys():
            lines = [f"{self._on}{table} has rows that nobody wrote, or lost some."]
            lines += example(now, wanted)
        else:
            key = first_differing(now, wanted)
            has, should = show_both(now.by_key[key], wanted.by_key[key])
            lines = [
                f"{self._on}{table}.{column} holds what nobody wrote.",
                f"row {show_key(key)} has {has}; it should have {should}.",
            ]
        return Refused(*lines, words=words_for(now, wanted), values=(now, wanted))

    def _lost(self, rows: Rows, now: Values, then: Values) -> Refused:
        # Where commands alone are handed in, no line of a revision is to blame.
        words = () if self.exercise.hands_in == "commands" else words_for(now, then)
        count = count_lost(now, then)
        if not count:
            return Refused(f"{self._on}{rows.table} has rows that nobody wrote.", words=words)
        gone = then.by_key.keys() - now.by_key.keys()
        if gone:
            # Of a row that is gone, a value that somebody wrote says more than its key.
            then = rows.column(most_telling(rows, gone) or then.column)
        sentence = f"{self._on}{count} of {len(rows)} rows of {rows.table} are gone or changed."
        return Refused(sentence, *example(now, then), words=words, values=(now, then))

    @property
    def _on(self) -> str:
        """The copy of the story that a sentence is about, at its beginning."""
        return f"On {self.called}, " if self.called else ""

    def _says(self, bind: str = "") -> str:
        which = f"database {bind}" if bind else "database"
        who = f"On {self.called}, the {which} says" if self.called else f"The {which} says"
        table = self.exercise.version_table
        where = "" if table == "alembic_version" else f" in {table}"
        return f"{who}{where} that it is at {', '.join(self.version_of(bind)) or 'no revision'}"

    # -- what there should be --------------------------------------------------------------------

    def solved(self) -> Self:
        """Go on with the solution in the place of the answer."""
        self.answer = self.solution
        return self

    def as_given(self) -> Self:
        """Go on with the starter in the place of the answer."""
        self.answer = starter(self.exercise)
        return self

    @property
    def solution(self) -> Answer:
        """The shipped solution: the course's own, and trusted."""
        return self.deployments.solution

    def goal(self, bind: str = "") -> Schema:
        """The schema that the solution's models make in an empty database."""
        return self.deployments.goal(bind)

    def goal_database(self, bind: str = "") -> bytes:
        """The database that the solution's models make where there was none."""
        return self.deployments.made_by(self.solution)[bind]

    def model_schema(self, bind: str = "") -> Schema:
        """The schema that the answer's own models make in an empty database."""
        return self.deployments.schema_made_by(self.answer, bind)

    def differences(self, wanted: Schema, actual: Schema, *compare: str) -> list[str]:
        """How the schema `actual` differs from `wanted`, in sentences.

        "names" or "defaults" in `compare` count besides what the exercise compares.
        """
        counts = {*self.exercise.compare, *compare}
        return [each.sentence for each in differences(wanted, actual, counts)]

    def differs_from_models(self, *compare: str) -> list[str]:
        """How these databases differ from what the answer's own models say, in sentences."""
        return [
            sentence
            for bind in self.binds
            for sentence in self.differences(
                self.model_schema(bind), self.own_schema(bind), *compare
            )
        ]

    def differs_from_goal(self, *compare: str) -> list[str]:
        """How these databases differ from what the exercise asks for, in sentences."""
        return [
            sentence
            for bind in self.binds
            for sentence in self.differences(self.goal(bind), self.own_schema(bind), *compare)
        ]

    def believed(self, differing: Sequence[Difference]) -> str | None:
        """What people believe whose schema differs so, where the exercise says it."""
        kinds = {d.kind for d in differing} | {f"{d.kind} {d.table}.{d.part}" for d in differing}
        return next((its for key, its in self.exercise.beliefs.items() if key in kinds), None)

    def findings(self) -> list[Finding]:
        """What the learner found; refuses a list that cannot be read."""
        (file,) = self.exercise.edits
        return read_findings(self.answer.text(file), file)

    def filled_in(self, file: str, *columns: str) -> list[FilledLine]:
        """The lines of `file`, each with a word of the learner's for each of `columns`."""
        return filled_in(self.answer.text(file), file, columns)

    def true_findings(self) -> set[Finding]:
        """Where these databases really differ from the answer's models."""
        return findings_between(self.model_schema(), self.own_schema())


def _as_argument(revision: str) -> tuple[str, ...]:
    """A revision like "-1" would be read as an option without the "--"."""
    return ("--", revision) if revision.startswith("-") else (revision,)


def _sample_ids(rows: Rows) -> list[int]:
    """The ids of the longest, the shortest and the middle row: 5 ms a page forbid all of them."""
    ids = [row["id"] for row in sorted(rows, key=lambda row: len(str(row))) if "id" in row]
    return list(dict.fromkeys(ids[:1] + ids[len(ids) // 2 :][:1] + ids[-1:]))


def asked_of(tables: Iterable[Table]) -> Asked:
    """Which columns of `tables` may be NULL, and which point at which."""
    return {
        table.name: (
            [column.name for column in table.columns.values() if column.nullable],
            {
                name: (key.parent, its, key.on_delete)
                for key in sorted(table.foreign_keys)
                for name, its in zip(key.columns, key.parent_columns, strict=True)
            },
        )
        for table in tables
    }
