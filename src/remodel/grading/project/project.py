"""The fixture `project`: what a grader says about one answer, in the words of the field."""

import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from remodel.database import sqlite
from remodel.database.values import Rows
from remodel.errors import NotGraded
from remodel.grading.answer import Answer, deployed_files
from remodel.grading.findings import Finding, findings_between, read_findings
from remodel.grading.project.deployments import Prepared
from remodel.grading.refusal import CommandFailed, not_recorded
from remodel.grading.repair_script import commands_for
from remodel.runner import Completed, witness


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


class Project(Prepared):
    """One answer with its databases. Each test gets a fresh one; commands run once in a session."""

    def copy(self) -> "Project":
        """The same answer and databases, to go another way with."""
        other = Project(self.answer, self._workspace, self.seed)
        other._databases, other._on = self._databases, self._on
        return other

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
                raise not_recorded(command, wanted, found, bind)
        return self

    def run_sql(self, file: str) -> "Project":
        """`flask run-sql FILE`, which an exercise of kind "sql" gives; refuses where it fails."""
        completed = self.flask("run-sql", file)
        if not completed.ok:
            failed = CommandFailed(f"flask run-sql {file}", completed, source=file, on=self._on)
            failed.misconception = "a-script-that-was-never-run"
            raise failed
        return self

    def findings(self) -> list[Finding]:
        """What the learner found; refuses a list that cannot be read."""
        (file,) = self.exercise.edits
        return read_findings(self.answer.text(file), file)

    def true_findings(self) -> set[Finding]:
        """Where these databases really differ from the answer's models."""
        return findings_between(self.model_schema(), self.own_schema())

    def finish(self) -> "Project":
        """Do to these databases what the learner's work is there for; rows come along.

        Upgrades; or runs the handed-in SQL; or, where models alone are the work, makes a database
        of them (`flask init-db`) and fills it.
        """
        how = self.exercise.changes_by
        if how == "revisions":
            return self.upgrade()
        if how == "sql":
            return self.run_sql(self.exercise.edits[0])
        completed = self.empty().flask("init-db")
        if not completed.ok:
            raise CommandFailed("flask init-db", completed)
        self._fill()
        return self

    def downgrade(self, revision: str = "-1") -> "Project":
        """`flask db downgrade`, one step or to `revision`."""
        before = self.version
        self._step("downgrade", revision, "-1" if self._is_one_below(revision) else revision)
        if self.version == before and revision not in before:
            raise not_recorded(
                f"flask db downgrade {revision}", (f"not {', '.join(before)}",), self.version
            )
        return self

    def _is_one_below(self, revision: str) -> bool:
        """Whether `revision` is "-1" by its name: the same command, which need not run twice."""
        here = self.history.get(self.version[0]) if len(self.version) == 1 else None
        if here is None or len(self.history.heads) != 1:
            return False
        return (revision,) == (here.down or ("base",))

    def _step(self, command: str, revision: str, alike: str | None = None) -> None:
        self.went = command
        completed = self.flask("db", command, *_as_argument(alike or revision))
        if not completed.ok:
            typed = " ".join(("flask db", command, *_as_argument(revision)))
            raise CommandFailed(typed, completed, on=self._on)

    def repair(self, name: str, file: str = "repair.txt") -> "Project":
        """Replay the commands of `file` that are meant for the deployment `name` on it.

        Stops at a command that fails; refuses whatever is not a `flask db …` line.
        """
        self.deployment(name)
        copies = [deployment.name for deployment in self.exercise.deployments]
        for number, line in commands_for(name, self.answer.text(file), file, copies):
            completed = self.flask(*shlex.split(line)[1:])
            if not completed.ok:
                failure = CommandFailed(line, completed, source=f"{file}:{number}", on=name)
                raise failure.outside(deployed_files(self.exercise))
        return self

    def add_scenario(self, file: str) -> "Project":
        """Add `scenarios/FILE` of the exercise to the revisions, as a colleague's push would."""
        path = self.exercise.path / "scenarios" / file
        content = self.exercise.reworded(path.read_bytes())
        files = {**self.answer.files, f"migrations/versions/{file}": content}
        self.answer = Answer(self.exercise, f"{self.answer.name}+{file}", files)
        return self

    def release(self, exit_code: int = 0) -> "Release":
        """Run `flask release -- COMMAND`; tells whether COMMAND ran, and on what database.

        COMMAND ends with `exit_code`. Raises NotGraded where there are no processes to start.
        """
        if self._workspace.runner.name == "inline":
            raise NotGraded(
                f"{self.exercise.slug} starts a program, and the inline runner has no processes. "
                "Check it with another runner."
            )
        command = (sys.executable, "-I", str(Path(witness.__file__)), str(exit_code))
        argv = ("flask", "release", "--", *command)
        outcome = self._workspace.run(self.answer, argv, {**self._databases, "started": b""})
        started = outcome.databases["started"]
        self._databases = {bind: outcome.databases[bind] for bind in self._databases}
        completed = outcome.completed.without(" ".join(command), "COMMAND")
        return Release(completed, bool(started), sqlite.read_version(started) if started else ())

    def pages(self) -> dict[str, int]:
        """Every page of the app on these databases: path to HTTP status.

        A page that fails refuses with the app's own error and where it arose.
        """
        ids = {table: _telling_ids(self.rows(table)) for table in self.schema.tables}
        mark = "pages:"
        argv = ("visit", mark, json.dumps(ids))
        completed = self._workspace.run(self.answer, argv, self._databases).completed
        lines = [x for x in completed.stdout.splitlines() if x.startswith(mark)]
        if not completed.ok or not lines:
            raise CommandFailed("Opening the app's pages", completed)
        statuses = dict(json.loads(lines[-1].removeprefix(mark)))
        broken = [f"{path} ({status})" for path, status in statuses.items() if status >= 400]
        if broken:
            raise CommandFailed(f"Opening {broken[0]}", completed)
        return statuses


def _as_argument(revision: str) -> tuple[str, ...]:
    """A revision like "-1" would be read as an option without the "--"."""
    return ("--", revision) if revision.startswith("-") else (revision,)


def _telling_ids(rows: Rows) -> list[int]:
    """The ids of the longest, the shortest and the middle row: 5 ms a page forbid all of them."""
    ids = [row["id"] for row in sorted(rows, key=lambda row: len(str(row))) if "id" in row]
    return list(dict.fromkeys(ids[:1] + ids[len(ids) // 2 :][:1] + ids[-1:]))
