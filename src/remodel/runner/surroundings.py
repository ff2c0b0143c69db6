"""What may happen around a command that nobody's code is to blame for: a long reader, a full disk.

Both are there before the command begins and until it has ended, so no clock decides what it meets.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

#: Reads the database of its argument, says so, and goes on reading until nobody listens any more.
_READER = """
import sqlite3, sys
reader = sqlite3.connect(sys.argv[1], isolation_level=None)
reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
print("reading", flush=True)
sys.stdin.read()
"""


@contextmanager
def long_reader() -> Iterator[None]:
    """Somebody else reads the main database in one transaction: SQLite lets no writer commit.

    In a process of its own, for locks of a file belong to the process, and a command that copies
    the file would give them up with its copy. It ends when this process ends, or becomes another.
    """
    words = [sys.executable, "-I", "-c", _READER, str(_database())]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        try:
            yield
        finally:
            reader.kill()


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may become larger than the main database is, as where the disk has no more room.

    It is a limit of this process and of those that it starts, so it takes no rights to set it.
    """
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Who writes beyond the limit gets an error, as on a full disk, and no signal.
    habit = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_database().stat().st_size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, habit)


SURROUNDINGS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "a long reader": long_reader,
    "a full disk": full_disk,
}


def _database() -> Path:
    return Path(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
