"""A worker's machine: where the database is on a server, each worker has one of its own."""

import os
import shutil
import socket
import tempfile
from pathlib import Path


def move_to_its_own() -> None:
    """Go on in a copy of the app, where no other worker finds the files that this one makes.

    Nor is anybody there who has taken a port.
    """
    if os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:"):
        return  # the database is a file, and all workers are where it is
    machine = Path("machines", str(os.getpid())).absolute()
    shutil.copytree(".", machine, ignore=shutil.ignore_patterns("instance", "machines"))
    os.chdir(machine)
    tempfile.tempdir = os.environ["TMPDIR"] = os.environ["HOME"] = str(machine)
    socket.socket.bind = bound_to_a_free_port


def bound_to_a_free_port(its: socket.socket, address: object) -> None:
    """Bind to an address of this machine, on which nobody else listens."""
    by_name = isinstance(address, str | bytes)
    bind = super(socket.socket, its).bind
    bind(f"\0{os.getpid()}-{address!r}" if by_name else (address[0], 0, *address[2:]))
