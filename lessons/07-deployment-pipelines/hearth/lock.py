"""One release at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from hearth import backups
from hearth.steps import Stopped, is_locked


@contextmanager
def hold_lock(seconds: float = 60) -> Iterator[None]:
    """Keep every other release waiting; they look again when it is their turn.

    The lock is a SQLite file of its own: it works on every system, and it is free again when
    its process dies, however it dies.
    """
    database = backups.database_files()[None]
    place = database.with_name(f"{database.name}.release-lock")
    if not place.parent.is_dir():
        raise Stopped("the database's folder is not there")
    try:
        lock = sqlite3.connect(place, timeout=seconds, isolation_level=None)
    except sqlite3.Error as error:
        raise Stopped(f"the lock {place.name} cannot be opened: {error}") from None
    with closing(lock):
        try:
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            if is_locked(error):
                raise Stopped(f"another release was still running after {seconds:g} s") from None
            raise Stopped(f"the lock {place.name} cannot be used: {error}") from None
        yield
