"""Runs one migration on one database: the real command, and what is there afterwards."""

import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import indent

import sqlalchemy as sa

from remodel.course.dialect_cases import NOT_THERE, THERE, Asked, DialectCase, DialectOutcome
from remodel.errors import CourseError
from remodel.experiments.case_database import Database, answer, connected, failure, refusal
from remodel.runner import Command, Completed, Runner
from remodel.runner.locks import strongest
from remodel.scratch import scratch

APP = '''"""An app without models: what is tried here is the revision alone."""

import os

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
Migrate(app, db)
'''
REVISION = '''"""{id}"""

import os
import time
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = {id!r}, {down!r}, None, None


def together():
    """Come back when the other upgrade has begun as well."""
    Path(f"here-{{os.getpid()}}").touch()
    while len(list(Path().glob("here-*"))) < 2:
        time.sleep(0.01)


def upgrade():
{body}


def downgrade():
    pass
'''
#: Where the rows of each table lie: another place after an upgrade means that they were copied.
PLACES = {
    "sqlite": "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'",
    "postgresql": "SELECT relname, relfilenode FROM pg_class WHERE relkind = 'r'",
    "mysql": "SELECT substring_index(name, '/', -1), table_id"
    " FROM information_schema.innodb_sys_tables WHERE name LIKE concat(database(), '/%%')",
}


def try_dialects(
    cases: Sequence[DialectCase], database: Database, migrations: Path, runner: Runner
) -> dict[str, DialectOutcome]:
    """What comes of each of `cases` on one kind of database, by the case's id."""

    def one(case: DialectCase) -> DialectOutcome:
        with scratch() as folder, database(folder) as url:
            shutil.copytree(migrations, folder / "migrations")
            shutil.rmtree(folder / "migrations" / "versions")
            return _Upgrade(case, folder, url, runner).outcome()

    return {case.id: one(case) for case in cases}


class _Upgrade:
    """One case on one database."""

    def __init__(self, case: DialectCase, folder: Path, url: str, runner: Runner) -> None:
        self.case, self.folder, self.url, self.runner = case, folder, url, runner

    def outcome(self) -> DialectOutcome:
        """Lay the first revision and its rows, try the second, and look."""
        (self.folder / "wsgi.py").write_text(APP, encoding="utf-8")
        self._revision("0001", None, self.case.before)
        if not (begun := self._upgrade()).ok:
            raise CourseError(f"{self.case.id}: it cannot begin.\n{begun.stderr}")
        self._insert_rows()
        before = self._places()
        last = self._lay_tried(self.case.revision)
        if self.case.together:
            return DialectOutcome(self._both(), tuple(self._seen()))
        mark = secrets.token_hex(8)
        done = self._upgrade("x-ray", mark)
        after = tuple(self._seen())
        if not done.ok:
            return DialectOutcome(failure(done), after, self._again(last))
        return DialectOutcome("", after, "", _locks(done, mark), self._copied(before))

    def _lay_tried(self, body: str) -> str:
        """Write what is tried; give the id of the last revision."""
        if self.case.between:
            self._revision("0002", "0001", self.case.between)
            self._revision("0003", "0002", body)
            return "0003"
        self._revision("0002", "0001", body)
        return "0002"

    def _revision(self, revision: str, down: str | None, body: str) -> None:
        versions = self.folder / "migrations" / "versions"
        versions.mkdir(exist_ok=True)
        waits = "together()\n" if self.case.together and down else ""
        text = indent(waits + body.strip("\n"), "    ")
        text = REVISION.format(id=revision, down=down, body=text)
        (versions / f"{revision}.py").write_text(text, encoding="utf-8")

    def _upgrade(self, *task: str) -> Completed:
        argv = (*task, "db", "upgrade") if task else ("flask", "db", "upgrade")
        env = {"DATABASE_URL": self.url, "PYTHONUTF8": "1"}
        return self.runner.run(Command(argv, self.folder, env, limit=60))

    def _both(self) -> str:
        """How two upgrades end that begin at once; which of them fails, and why, is chance."""
        with ThreadPoolExecutor(2) as pool:
            failed = [done for done in pool.map(lambda _: self._upgrade(), range(2)) if not done.ok]
        return ("", "one of the two fails", "both fail")[len(failed)]

    def _again(self, last: str) -> str:
        if not self.case.repaired:
            return ""
        (self.folder / "migrations" / "versions" / f"{last}.py").unlink()
        self._lay_tried(self.case.repaired)
        done = self._upgrade()
        return "works" if done.ok else failure(done)

    def _insert_rows(self) -> None:
        with connected(self.url) as connection:
            for statement in self.case.rows:
                connection.exec_driver_sql(statement)
            connection.commit()

    def _seen(self) -> Iterator[str]:
        for asked in self.case.ask:
            with connected(self.url) as connection:
                yield _answered(connection, asked)

    def _places(self) -> dict[str, object]:
        with connected(self.url) as connection:
            rows = connection.exec_driver_sql(PLACES[connection.dialect.name]).all()
            return {row[0]: row[1] for row in rows}

    def _copied(self, before: dict[str, object]) -> tuple[str, ...]:
        now = self._places()
        return tuple(sorted(t for t, place in before.items() if now.get(t, place) != place))


def _answered(connection: sa.Connection, asked: Asked) -> str:
    inspector = sa.inspect(connection)
    if asked.table:
        return THERE if inspector.has_table(asked.table) else NOT_THERE
    if asked.column:
        table, _, column = asked.column.partition(".")
        names = {each["name"] for each in inspector.get_columns(table)}
        return THERE if column in names else NOT_THERE
    try:
        answer(connection, asked.insert)
        return answer(connection, asked.sql)
    except sa.exc.DBAPIError as error:
        return refusal(error)


def _locks(done: Completed, mark: str) -> tuple[tuple[str, str], ...]:
    """The locks on the learner's tables that an upgrade took, as the X-ray has printed them."""
    printed = done.stdout.partition(mark)[2].partition("\n")[0]
    statements = json.loads(printed) if printed else []
    taken = ((table, mode) for each in statements for table, mode in each["taken"])
    return strongest({lock for lock in taken if lock[0] != "alembic_version"})
