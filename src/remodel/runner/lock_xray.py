"""The lock X-ray: which lock each statement takes on PostgreSQL, and what it reads and copies.

The session that holds the locks is asked itself, after each statement, so that one connection is
enough and nothing depends on a clock. What a statement of an `autocommit_block()` held is gone by
then, so it is tried first in a transaction that is rolled back. One that no transaction takes, such
as CREATE INDEX CONCURRENTLY, shows no lock. Both are marked as alone.
"""

import dataclasses
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from remodel.runner.locks import LockedStatement, is_strong, strongest

#: The tables of the learner, and where their rows lie. What nobody else can see yet is left out
#: by comparing with the tables that were there before.
TABLES = """
SELECT c.oid, c.relname, c.relfilenode FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
"""
HELD = """
SELECT l.relation, l.mode FROM pg_locks l
WHERE l.pid = pg_backend_pid() AND l.granted AND l.locktype = 'relation'
"""


#: How often a table was read from its first row on, in this transaction or just before it.
READ = "SELECT relid, seq_scan FROM pg_stat_xact_user_tables"


@dataclass
class _Seen:
    """What one transaction was seen to hold and to have read so far."""

    tables: dict[int, tuple[str, int]]
    reads: dict[int, int]
    locks: set[tuple[str, str]] = dataclasses.field(default_factory=set)


@contextmanager
def lock_xray() -> Iterator[list[LockedStatement]]:
    """A list that gets an entry for each statement that PostgreSQL runs meanwhile."""
    entries: list[LockedStatement] = []
    seen: dict[int, _Seen] = {}

    def before(
        connection: sa.Connection, _: object, statement: str, parameters: Any, *__: object
    ) -> None:
        if connection.dialect.name != "postgresql":
            return
        if _is_alone(connection):
            tried = _tried(connection, statement, parameters)
            entries.append(dataclasses.replace(tried, alone=True))
        elif id(connection) not in seen:
            seen[id(connection)] = _seen(connection)

    def after(connection: sa.Connection, _: object, statement: str, *__: object) -> None:
        if state := seen.get(id(connection)):
            entries.append(_looked_at(connection, statement, state))

    def ended(connection: sa.Connection) -> None:
        seen.pop(id(connection), None)

    listeners = (
        ("before_cursor_execute", before),
        ("after_cursor_execute", after),
        ("commit", ended),
        ("rollback", ended),
    )
    for name, listener in listeners:
        event.listen(sa.Engine, name, listener)
    try:
        yield entries
    finally:
        for name, listener in listeners:
            event.remove(sa.Engine, name, listener)


def _is_alone(connection: sa.Connection) -> bool:
    """Whether each statement is a transaction of its own now."""
    return bool(getattr(connection.connection.dbapi_connection, "autocommit", False))


def _seen(connection: sa.Connection) -> _Seen:
    return _Seen(_tables(connection), _reads(connection))


def _tried(connection: sa.Connection, statement: str, parameters: Any) -> LockedStatement:
    """What `statement` does in a transaction of which nothing is kept."""
    state = _seen(connection)
    driver: Any = connection.connection.dbapi_connection
    driver.autocommit = False
    try:
        with driver.cursor() as cursor:
            cursor.execute(statement, parameters or None)
        return _looked_at(connection, statement, state)
    except connection.dialect.loaded_dbapi.Error:
        return LockedStatement(" ".join(statement.split()), (), (), ())
    finally:
        driver.rollback()
        driver.autocommit = True


def _line_of_a_revision() -> str:
    for frame, number in traceback.walk_stack(None):
        file = Path(frame.f_code.co_filename)
        if file.parent.name == "versions":
            return f"{file.parent.parent.name}/{file.parent.name}/{file.name}:{number}"
    return ""


def _looked_at(connection: sa.Connection, statement: str, state: _Seen) -> LockedStatement:
    names = {oid: name for oid, (name, _) in state.tables.items()}
    locks = {(names[oid], mode) for oid, mode in _asked(connection, HELD) if oid in names}
    now = _tables(connection)
    # A table that is gone was not copied.
    copied = {
        name for oid, (name, place) in state.tables.items() if now.get(oid, (0, place))[1] != place
    }
    reads = _reads(connection)
    read = {name for oid, name in names.items() if reads.get(oid, 0) > state.reads.get(oid, 0)}
    entry = LockedStatement(
        " ".join(statement.split()),
        taken=strongest(locks - state.locks),
        held=tuple(lock for lock in strongest(state.locks) if is_strong(lock[1])),
        copied=tuple(sorted(copied)),
        read=tuple(sorted(read)),
        line=_line_of_a_revision(),
    )
    state.locks, state.reads = locks, reads
    # What is made now is nobody else's before the commit.
    state.tables = {oid: now[oid] for oid in state.tables if oid in now}
    return entry


def _tables(connection: sa.Connection) -> dict[int, tuple[str, int]]:
    return {oid: (name, place) for oid, name, place in _asked(connection, TABLES)}


def _reads(connection: sa.Connection) -> dict[int, int]:
    return dict(_asked(connection, READ))


def _asked(connection: sa.Connection, query: str) -> list[Any]:
    """Ask beside SQLAlchemy, so that no listener, ours or the learner's, sees the question."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(query)
        return list(cursor.fetchall())
    finally:
        cursor.close()
