"""The database that one trial of a page has to itself, and what is asked of it."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import sqlalchemy as sa

from remodel.errors import CourseError
from remodel.runner import Completed

#: An empty database for one case, and its URL.
Database = Callable[[Path], AbstractContextManager[str]]
#: The last line of a traceback, or Flask-Migrate's own; a server's HINT and LINE are no such line.
FAILURE = re.compile(r"^(?:ERROR \[flask_migrate\] Error: |(?:\w+\.)*[A-Z]\w*[a-z]: )(.+)$")
#: An assertion that failed has no words of its own.
WORDLESS = re.compile(r"^((?:\w+\.)*[A-Z]\w*Error)$")
#: What a server calls a case's own database: another name each time.
OWN_NAME = re.compile(r"`remodel_[0-9a-f]{8}`\.")
#: A constraint as Python shows it, with an address in memory that changes from run to run.
ADDRESSED = re.compile(r"\(<.*\)(?=; it has no name)")


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """A SQLite database in `folder`."""
    yield f"sqlite:///{folder.as_posix()}/case.db"


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """A connection in a transaction, which is taken back unless somebody commits."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")
                # Python's driver begins none before a savepoint, which would then commit.
                connection.exec_driver_sql("BEGIN")
            yield connection
    finally:
        engine.dispose()


def answer(connection: sa.Connection, query: str) -> str:
    """The first value of the first row, in words; "" where nothing is asked."""
    result = connection.exec_driver_sql(query) if query else None
    if result is None or not result.returns_rows:
        return ""
    if (row := result.first()) is None:
        return "no row"
    return "NULL" if row[0] is None else str(row[0])


def refusal(error: sa.exc.DBAPIError) -> str:
    """What a database says to a statement that it refuses, in one line."""
    return f"({type(error.orig).__name__}) {str(error.orig).splitlines()[0]}"


def failure(done: Completed) -> str:
    """The line in which a command says why it failed; raises CourseError where there is none."""
    lines = [line.strip() for line in done.stderr.splitlines()]
    failures = [m[1] for line in lines if (m := FAILURE.match(line) or WORDLESS.match(line))]
    if not failures:
        raise CourseError(f"A command failed and did not say why:\n{done.stderr}")
    return OWN_NAME.sub("", ADDRESSED.sub("(…)", failures[-1].strip()))
