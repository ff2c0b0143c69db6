"""A worker's machine: where the database is on a server, each worker has one of its own."""

import os
import shutil
from pathlib import Path


def move_to_its_own() -> None:
    """Go on in a copy of the app, where no other worker finds the files that this one makes."""
    if os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:"):
        return  # the database is a file, and all workers are where it is
    machine = Path("machines", str(os.getpid()))
    shutil.copytree(".", machine, ignore=shutil.ignore_patterns("instance", "machines"))
    os.chdir(machine)
