"""A `flask db` command that is made to fail inside a revision, in one transaction.

Whether a revision keeps to Alembic's transaction shows when something fails at its end: then
nothing of it may be left. Python's driver for SQLite commits a change to the schema by itself, so
the transaction is begun here as the env.py of lesson 7 begins it.
"""

import functools
import re
import sqlite3
import sqlite3.dbapi2
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic.runtime import migration

from remodel.runner.interface import INJECTED

#: How long a second connection waits for a lock that the first will not give up, in seconds.
PATIENCE = 0.2
#: Statements that change nothing: a failure after one is a failure before the next.
READING = re.compile(r"\s*(SELECT|PRAGMA|EXPLAIN)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Failure:
    """Where to fail: in `revision`, after its end, or after its statement number `statement`.

    Where there are several databases, it happens in the last of `databases`.
    """

    revision: str
    databases: int = 1
    statement: int | None = None


@contextmanager
def injected(failure: Failure) -> Iterator[None]:
    """Make what runs inside fail there: SystemExit with the code INJECTED."""
    step, context = migration.RevisionStep, migration.MigrationContext
    begin_step, begin_context = step.__init__, context.__init__
    runs = iter(range(1, failure.databases + 1))

    @functools.wraps(begin_step)
    def begun_step(self: Any, *arguments: Any, **named: Any) -> None:
        begin_step(self, *arguments, **named)
        if self.revision.revision == failure.revision:
            last = next(runs, None) == failure.databases
            self.migration_fn = _failing(self.migration_fn, failure) if last else self.migration_fn

    @functools.wraps(begin_context)
    def begun_context(self: Any, dialect: Any, connection: Any, *arguments: Any, **n: Any) -> None:
        if connection is not None:
            _begin_transactions(connection)
        begin_context(self, dialect, connection, *arguments, **n)

    step.__init__, context.__init__ = begun_step, begun_context  # type: ignore[method-assign]
    try:
        with _impatient():
            yield
    finally:
        step.__init__, context.__init__ = begin_step, begin_context  # type: ignore[method-assign]


def _failing(function: Callable[..., None], failure: Failure) -> Callable[..., None]:
    @functools.wraps(function)
    def run(**named: Any) -> None:
        with _counted(failure.statement):
            function(**named)
        if failure.statement is None:
            raise SystemExit(INJECTED)

    return run


@contextmanager
def _counted(last: int | None) -> Iterator[None]:
    """Fail after the statement number `last` of those that are executed inside."""
    count = 0

    def counted(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal count
        count += READING.match(statement) is None
        if count == last and not READING.match(statement):
            raise SystemExit(INJECTED)

    sa.event.listen(sa.Engine, "after_cursor_execute", counted)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "after_cursor_execute", counted)


def _begin_transactions(connection: sa.Connection) -> None:
    """Let `connection` begin each transaction with BEGIN, where SQLite's driver would not."""
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection) or raw.isolation_level is None:
        return

    def begin(begun: sa.Connection) -> None:
        if begun.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            raw.isolation_level = None
            raw.execute("BEGIN IMMEDIATE")

    sa.event.listen(connection, "begin", begin)
    if connection.in_transaction():
        begin(connection)


@contextmanager
def _impatient() -> Iterator[None]:
    """Let no connection wait for long; SQLAlchemy knows the driver as sqlite3.dbapi2."""
    connect = sqlite3.connect

    @functools.wraps(connect)
    def run(database: Any, *arguments: Any, **named: Any) -> Any:
        if not arguments:
            named["timeout"] = PATIENCE
        return connect(database, *arguments, **named)

    sqlite3.connect = sqlite3.dbapi2.connect = run
    try:
        yield
    finally:
        sqlite3.connect = sqlite3.dbapi2.connect = connect
