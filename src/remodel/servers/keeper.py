"""Keeps one database server for another process, until that process ends, however it ends.

A process of its own, so that a killed parent leaves no server and no folder behind: its standard
input closes when the parent is gone. It imports nothing that takes long to import.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from remodel.servers.daemon import CannotStart, Daemon
from remodel.servers.mariadb import MariaDB
from remodel.servers.postgresql import PostgreSQL

DAEMONS: dict[str, type[Daemon]] = {"postgresql": PostgreSQL, "mariadb": MariaDB}


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder that goes away, also when this process is asked to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, and ends us with it
    signal.signal(signal.SIGTERM, _leave)
    home = Path(tempfile.mkdtemp(prefix="remodel-server-"))
    try:
        yield home
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        shutil.rmtree(home, ignore_errors=True)


def _leave(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def main() -> None:
    """Start the server of the engine and folder named, say its URL, wait for our parent's end."""
    with _folder() as home:
        server = None
        try:
            server = DAEMONS[sys.argv[1]](Path(sys.argv[2]), home)
            _say({"url": server.start()})
            sys.stdin.buffer.read()
        except (CannotStart, OSError) as error:
            _say({"refused": str(error)})
        finally:
            if server is not None:
                server.stop()


def _say(report: dict[str, str]) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more
        os.write(1, json.dumps(report).encode() + b"\n")


if __name__ == "__main__":
    main()
