"""Runs a family's commands with Alembic itself, on a database in memory."""

import sqlite3
import warnings
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from remodel.course.families import Family
from remodel.errors import CourseError
from remodel.scratch import scratch

#: As `flask db init` writes it, without what a question has no use for.
ENV_TEXT = """from alembic import context

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
HEAD_TEXT = """from alembic import op
import sqlalchemy as sa

revision = {id!r}
down_revision = {after!r}

"""
#: What `merge` makes a file of.
MAKO_TEXT = "revision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n"
NOTHING = "def {name}():\n    pass\n"
#: What the commands of a question are called, and what Alembic calls them.
COMMANDS: dict[str, Callable[..., object]] = {
    "upgrade": command.upgrade,
    "downgrade": command.downgrade,
    "stamp": command.stamp,
    "merge": command.merge,
}
#: Before a statement that somebody types, or the app.
TYPED_SQL = "sql> "
#: Where Flask-Migrate leaves out the revision.
USUAL = {"upgrade": "head", "downgrade": "-1", "stamp": "head", "merge": "heads"}


class QuestionDatabase:
    """A SQLite database in memory, as a question begins, and what is done to it."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self.raw = sqlite3.connect(":memory:")
        self._engine = sa.create_engine(
            "sqlite://", creator=lambda: self.raw, poolclass=sa.pool.StaticPool
        )
        self.raw.executescript(f"PRAGMA foreign_keys = {int(family.foreign_keys)};{_start(family)}")

    def script(self, sql: str) -> None:
        """Run statements that a family expects; raises CourseError where one of them cannot be."""
        try:
            self.raw.executescript(sql)
        except sqlite3.Error as error:
            raise CourseError(f"{self._family.title}: {error}, in\n{sql}") from error

    def run(self) -> int:
        """Run the commands; returns which of them has stopped with an error, or 0."""
        with scratch() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lay_out(self._family, folder)
            config = Config(output_buffer=StringIO(), cmd_opts=Namespace(quiet=True))
            config.set_main_option("script_location", str(folder))
            config.set_main_option("path_separator", "os")
            config.attributes["engine"] = self._engine
            for number, line in enumerate(self._family.run, 1):
                try:
                    self._run(config, line)
                except (sqlite3.Error, sa.exc.DBAPIError, CommandError, NotImplementedError):
                    return number
                except CourseError:
                    raise
                except Exception as error:  # the course's own text, as of a template
                    title = self._family.title
                    raise CourseError(f"{title}: it cannot be run: {error}") from error
        return 0

    def _run(self, config: Config, line: str) -> None:
        if line.startswith(TYPED_SQL):
            self.raw.execute(line.removeprefix(TYPED_SQL))
            self.raw.commit()
            return
        words = line.split()
        if words[:2] != ["flask", "db"] or words[2] not in COMMANDS:
            raise CourseError(f"{line!r} is no command of a question: {', '.join(COMMANDS)}.")
        revision = words[3] if len(words) > 3 else USUAL[words[2]]
        COMMANDS[words[2]](config, revision)

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()
        self.raw.close()


@contextmanager
def question_database(family: Family) -> Iterator[QuestionDatabase]:
    """A database as the question begins."""
    database = QuestionDatabase(family)
    try:
        yield database
    finally:
        database.close()


def lay_out(family: Family, folder: Path) -> None:
    """Write env.py and the revisions of a family into `folder`."""
    versions = folder / "versions"
    versions.mkdir()
    (folder / "env.py").write_text(ENV_TEXT, encoding="utf-8")
    (folder / "script.py.mako").write_text(MAKO_TEXT, encoding="utf-8")
    files = {"0001": HEAD_TEXT.format(id="0001", after=None)}
    for each in family.revisions:
        after = tuple(each.after.split()) if " " in each.after else each.after or None
        files[each.id] = HEAD_TEXT.format(id=each.id, after=after) + each.text
    for name, text in files.items():
        for function in ("upgrade", "downgrade"):
            if f"def {function}(" not in text:
                text += "\n\n" + NOTHING.format(name=function)
        (versions / f"{name}_.py").write_text(text, encoding="utf-8")


def _start(family: Family) -> str:
    lines = ["CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"]
    lines += [f"INSERT INTO alembic_version VALUES ('{name}')" for name in family.version.split()]
    for table in family.tables:
        lines.append(table.create)
        for number, (row,) in enumerate(table.rows, 1):
            lines.append(f"INSERT INTO {table.name} VALUES ({number}, {row})")
    return ";\n".join(lines)
