"""One release at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hearth.steps import Stopped


@contextmanager
def hold_lock(place: Path, seconds: float) -> Iterator[None]:
    """Keep every other release waiting; they look again when it is their turn.

    The lock is a SQLite file of its own: it works on every system, and it is free again when
    its process dies, however it dies.
    """
    if not place.parent.is_dir():
        raise Stopped("the database's folder is not there")
    with closing(sqlite3.connect(place, timeout=seconds, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise Stopped(f"another release was still running after {seconds:g} s") from None
        yield
