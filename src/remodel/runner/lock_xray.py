"""The lock X-ray: which lock each statement takes on PostgreSQL, and which rows it copies.

The session that holds the locks is asked itself, after each statement, so that one connection is
enough and nothing depends on a clock. What the statement of an `autocommit_block()` held is gone
by then: it is listed with no lock. The modes, and what each conflicts with, are those of
PostgreSQL's manual, "Explicit Locking", table 13.2.
"""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

#: The modes of a lock on a table from the strongest to the weakest, and who waits for each.
WAITS = {
    "AccessExclusiveLock": "whoever reads or writes it",
    "ExclusiveLock": "whoever writes it",
    "ShareRowExclusiveLock": "whoever writes it",
    "ShareLock": "whoever writes it",
    "ShareUpdateExclusiveLock": "another change of its schema",
    "RowExclusiveLock": "whoever writes the same rows",
    "RowShareLock": "whoever writes the same rows",
    "AccessShareLock": "nobody but a change of its schema",
}
MODES = list(WAITS)
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


@dataclass(frozen=True)
class LockedStatement:
    """One statement: the locks on tables that it took, strongest first, and what it copied.

    `held` are the locks stronger than those of an UPDATE that were held already while it ran.
    """

    statement: str
    taken: tuple[tuple[str, str], ...]
    held: tuple[tuple[str, str], ...]
    copied: tuple[str, ...]


@dataclass
class _Seen:
    """What one transaction was seen to hold so far."""

    tables: dict[int, tuple[str, int]]
    locks: set[tuple[str, str]] = dataclasses.field(default_factory=set)


@contextmanager
def lock_xray() -> Iterator[list[LockedStatement]]:
    """A list that gets an entry for each statement that PostgreSQL runs meanwhile."""
    entries: list[LockedStatement] = []
    seen: dict[int, _Seen] = {}

    def before(connection: sa.Connection, *_: object) -> None:
        if connection.dialect.name == "postgresql" and id(connection) not in seen:
            seen[id(connection)] = _Seen(_tables(connection))

    def after(connection: sa.Connection, _: object, statement: str, *__: object) -> None:
        if state := seen.get(id(connection)):
            entries.append(_looked_at(connection, " ".join(statement.split()), state))

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


def _looked_at(connection: sa.Connection, statement: str, state: _Seen) -> LockedStatement:
    names = {oid: name for oid, (name, _) in state.tables.items()}
    locks = {(names[oid], mode) for oid, mode in _asked(connection, HELD) if oid in names}
    now = _tables(connection)
    # A table that is gone was not copied.
    copied = {
        name for oid, (name, place) in state.tables.items() if now.get(oid, (0, place))[1] != place
    }
    entry = LockedStatement(
        statement,
        taken=strongest(locks - state.locks),
        held=tuple(lock for lock in strongest(state.locks) if is_strong(lock[1])),
        copied=tuple(sorted(copied)),
    )
    state.locks = locks
    # What is made now is nobody else's before the commit.
    state.tables = {oid: now[oid] for oid in state.tables if oid in now}
    return entry


def strongest(locks: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of locks, each a table and a mode: the strongest of each table, the strongest first."""
    ordered = sorted(locks, key=lambda lock: (MODES.index(lock[1]), lock[0]))
    by_table = dict(reversed(ordered))
    return tuple(lock for lock in ordered if by_table[lock[0]] == lock[1])


def is_strong(mode: str) -> bool:
    """Whether a plain INSERT, UPDATE or SELECT of somebody else has to wait for this mode."""
    return MODES.index(mode) <= MODES.index("ShareLock")


def _tables(connection: sa.Connection) -> dict[int, tuple[str, int]]:
    return {oid: (name, place) for oid, name, place in _asked(connection, TABLES)}


def _asked(connection: sa.Connection, query: str) -> list[Any]:
    """Ask beside SQLAlchemy, so that no listener, ours or the learner's, sees the question."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(query)
        return list(cursor.fetchall())
    finally:
        cursor.close()
