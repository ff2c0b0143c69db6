"""Tries autogenerate on a change of a model: the real commands, on a real database."""

import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import indent

import sqlalchemy as sa

from remodel.course.autogenerate_cases import Case, CaseOutcome
from remodel.course.python_source import symbol
from remodel.errors import CourseError
from remodel.experiments.case_database import Database, answer, connected, failure, refusal
from remodel.runner import Command, Completed, Runner
from remodel.scratch import scratch

#: What a case leaves open, because every database calls it something else.
WORDS = {
    "sqlite": {
        "{collation}": "NOCASE",
        "{persisted}": "False",
        "{2147483647 rooms}": "INSERT INTO room (id) VALUES (2147483647)",
    },
    "postgresql": {
        "{collation}": "C",
        "{persisted}": "True",
        "{2147483647 rooms}": "SELECT setval('room_id_seq', 2147483647)",
    },
    "mariadb": {
        "{collation}": "utf8mb4_bin",
        "{persisted}": "True",
        "{2147483647 rooms}": "INSERT INTO room (id) VALUES (2147483647)",
    },
}
#: A server's sessions are rarely in UTC, and what depends on that must show.
ZONE = "Europe/Berlin"
APP_TEMPLATE = '''"""A case."""

import enum
import os
from typing import Any
from uuid import uuid4

import click
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import *
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
db = SQLAlchemy(<names>)


class House(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)


<models>

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
Migrate(app, db, <options>)


@app.cli.command("read")
@click.argument("attribute")
def read(attribute):
    print(f"read: {db.session.scalar(select(eval(attribute)))}")
'''
ROOM = "class Room(db.Model):\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
#: A key that Python made up.
RANDOM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def try_all(
    cases: Sequence[Case], engine: str, database: Database, migrations: Path, runner: Runner
) -> dict[str, CaseOutcome]:
    """What comes of each of `cases` on a database of `engine`, by the case's id."""

    def one(case: Case) -> CaseOutcome:
        with scratch() as folder, database(folder) as url:
            shutil.copytree(migrations, folder / "migrations")
            shutil.rmtree(folder / "migrations" / "versions")
            (folder / "migrations" / "versions").mkdir()
            return _Trial(case, engine, folder, url, runner).outcome()

    with ThreadPoolExecutor(min(runner.at_once, 2)) as pool:
        return dict(zip([case.id for case in cases], pool.map(one, cases), strict=True))


class _Trial:
    """One case on one database."""

    def __init__(self, case: Case, engine: str, folder: Path, url: str, runner: Runner) -> None:
        self.case, self.engine, self.folder, self.url = case, engine, folder, url
        self.runner = runner

    def outcome(self) -> CaseOutcome:
        """The whole way: the schema before, the change, up, down and up again."""
        self._models(self.case.before)
        for words in (("migrate", "--rev-id", "0001"), ("upgrade",)):
            if not (done := self._db(*words)).ok:
                raise CourseError(f"{self.case.id}: it cannot begin.\n{done.stderr}")
        for row in self.case.rows:
            self._query(row)
        self._models(self.case.after)
        migrated = self._db("migrate", "--rev-id", "0002")
        if not migrated.ok:
            return CaseOutcome("migrate fails", message=failure(migrated))
        return self._applied() if self._drafts() else self._nothing()

    def _nothing(self) -> CaseOutcome:
        if not self._db("check").ok:
            raise CourseError(f"{self.case.id}: nothing was drafted, and check finds something.")
        return CaseOutcome("nothing to do" if self.case.nothing else "missed")

    def _applied(self) -> CaseOutcome:
        (file,) = self._drafts()
        drafted = _body(symbol(file.read_text(encoding="utf-8"), "upgrade"))
        upgraded = self._db("upgrade")
        if not upgraded.ok:
            return CaseOutcome("upgrade fails", drafted, failure(upgraded))
        checked = self._db("check")
        if wrong := self._unexpected():
            word, message = wrong
            return CaseOutcome(word, drafted, message)
        if not (down := self._db("downgrade")).ok:
            return CaseOutcome("downgrade fails", drafted, failure(down))
        if not (again := self._db("upgrade")).ok:
            return CaseOutcome("second upgrade fails", drafted, failure(again))
        if not checked.ok:
            return CaseOutcome("never clean", drafted, failure(checked))
        return CaseOutcome("works", drafted)

    def _unexpected(self) -> tuple[str, str] | None:
        """In what the upgraded database is not what the case asks for: a word for it, and how."""
        with connected(self.url) as connection:
            # Nothing of this is kept: a row that is new may stand in the way of the downgrade.
            for statement in self.case.accepts:
                if (refusal := self._refusal(connection, statement)) is not None:
                    return "incomplete", refusal
            for statement in self.case.refuses:
                if self._refusal(connection, statement) is None:
                    return "incomplete", f"{statement} is accepted"
            asked, seen = self.case.ask, self._answer(connection, self.case.ask)
        if self.case.read:
            asked, seen = self.case.read, self._read(self.case.read)
        return ("wrong", f"{asked} gives {seen}") if seen != self.case.expect else None

    def _read(self, attribute: str) -> str:
        """What the app itself reads; a failure of it is an answer too."""
        words = ("flask", "read", attribute)
        done = self.runner.run(Command(words, self.folder, self._env(), limit=60))
        if not done.ok:
            return f"an error: {failure(done)}"
        return done.stdout.partition("read: ")[2].rstrip("\n")

    def _refusal(self, connection: sa.Connection, statement: str) -> str | None:
        try:
            with connection.begin_nested():
                self._answer(connection, statement)
        except sa.exc.DBAPIError as error:
            return refusal(error)
        return None

    def _answer(self, connection: sa.Connection, query: str) -> str:
        return answer(connection, self._meant(query))

    def _meant(self, text: str) -> str:
        for word, meant in WORDS[self.engine].items():
            text = text.replace(word, meant)
        return text

    def _models(self, text: str) -> None:
        text = self._meant(text.strip("\n"))
        if text and not text.startswith("class "):
            text = ROOM + indent(text, "    ")
        names = "metadata=MetaData(naming_convention=NAMES)" if self.case.convention else ""
        app = APP_TEMPLATE.replace("<names>", names).replace("<models>", text)
        app = app.replace("<options>", self.case.options)
        (self.folder / "wsgi.py").write_text(app, encoding="utf-8")

    def _db(self, *words: str) -> Completed:
        return self.runner.run(Command(("flask", "db", *words), self.folder, self._env(), limit=60))

    def _env(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url, "PYTHONUTF8": "1", "PGTZ": ZONE}

    def _drafts(self) -> list[Path]:
        return list((self.folder / "migrations" / "versions").glob("0002*.py"))

    def _query(self, statement: str) -> None:
        """Run one statement, and keep what it does."""
        with connected(self.url) as connection:
            self._answer(connection, statement)
            connection.commit()


def _body(function: str) -> str:
    lines = function.splitlines()[1:]
    text = "\n".join(line[4:] for line in lines if line.strip() and "###" not in line)
    return RANDOM.sub("…", text)
