"""Copies SQLite databases while others use them."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hearth.steps import LOCKED, Stopped

SECONDS = 30


def copy_database(source: Path, target: Path) -> None:
    """Copy a whole database into a new file."""
    with closing(sqlite3.connect(source)) as old:
        save(old, target)


def save(old: sqlite3.Connection, target: Path) -> None:
    """Copy what a connection sees into a new file, which only its owner may read."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(target)) as new:
        copy_into(old, new)


def load(source: Path, new: sqlite3.Connection) -> None:
    """Put a copy in the place of what a connection sees."""
    with closing(sqlite3.connect(source)) as old:
        copy_into(old, new)


def copy_into(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Copy all of it or nothing; a plain file copy could catch the database half-written."""
    until = time.monotonic() + SECONDS

    def give_up(status: int, remaining: int, total: int) -> None:
        if status in LOCKED and time.monotonic() > until:
            raise Stopped(f"somebody kept a database locked for {SECONDS} s")

    old.backup(new, progress=give_up)


@contextmanager
def nobody_else(place: Path) -> Iterator[sqlite3.Connection]:
    """Open a database so that nobody else reads or writes it until it is closed."""
    with closing(sqlite3.connect(place, timeout=SECONDS, isolation_level=None)) as connection:
        # In WAL mode, any connection that is open would stand in the way, so there is no lock.
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("BEGIN EXCLUSIVE")
            # In this mode a lock outlives its transaction; a copy can only begin after one. Set
            # before BEGIN, it would also keep half a lock while another connection has the rest,
            # and the two would wait for each other.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("COMMIT")
        yield connection
