"""`make nightly-sqlite`: experiments on the newest SQLite, compiled here.

An npm package carries SQLite's source in one file. It becomes a shared library, which stands before
the system's while the experiments run: in the tests, and in the commands that they run.
"""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

from remodel.course.catalog import find_course
from remodel.runner import Command, open_runner
from remodel.scratch import scratch

ROOT = find_course().root
PACKAGE, VERSION = "better-sqlite3@13.2.0", "3.54.1"
#: What Python's module needs of the library, and what Debian's has besides.
OPTIONS = ("DESERIALIZE", "COLUMN_METADATA", "FTS5", "RTREE", "DBSTAT_VTAB")
TESTS = (
    "tests/experiments/test_complex_changes.py",
    "tests/experiments/test_creating_and_applying.py",
    "tests/experiments/error_messages/test_applying.py",
    "tests/experiments/error_messages/test_drafting.py",
    "tests/experiments/error_messages/test_going_back.py",
    "tests/myths",
    "tests/walk",
)
#: What says another word there: `near "TYPE"`, as docs/errors.toml says besides.
OTHER = (
    "tests/experiments/error_messages/test_applying.py::test_sqlite_cannot_change_a_type_in_place"
)


def main() -> int:
    """Compile, look that every process has it, and run the experiments; returns the exit code."""
    if "LD_LIBRARY_PATH" not in os.environ:
        return in_company_of(library(ROOT / ".cache" / "sqlite"))
    if loaded() != VERSION:
        print(f"a command of the course has SQLite {loaded()}, and not {VERSION}")
        return 1
    print(f"SQLite {VERSION} in every process", flush=True)
    words = [sys.executable, "-m", "pytest", "-q", *TESTS, "--deselect", OTHER]
    return subprocess.run(words, cwd=ROOT).returncode


def in_company_of(folder: Path) -> int:
    """This program once more, with the library of `folder` before the system's."""
    env = {**os.environ, "LD_LIBRARY_PATH": str(folder)}
    command = [sys.executable, "-m", "tests.nightly.sqlite"]
    return subprocess.run(command, cwd=ROOT, env=env).returncode


def library(folder: Path) -> Path:
    """The folder with the shared library, which is compiled if it is not there."""
    made = folder / "libsqlite3.so.0"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
            source = archive.extractfile("package/deps/sqlite3/sqlite3.c")
            assert source, f"{PACKAGE} has no source of SQLite"
            (folder / "sqlite3.c").write_bytes(source.read())
        options = [f"-DSQLITE_ENABLE_{each}" for each in OPTIONS]
        words = ["cc", "-O1", "-fPIC", "-shared", *options, "-o", made.name, "sqlite3.c", "-lm"]
        subprocess.run(words, cwd=folder, check=True)
    return folder


def loaded() -> str:
    """Which SQLite a command of the course runs with."""
    runner = open_runner()
    try:
        with scratch() as folder:
            version = "import sqlite3\nfrom flask import Flask\nprint(sqlite3.sqlite_version)\n"
            (folder / "wsgi.py").write_text(f"{version}app = Flask(__name__)\n", encoding="utf-8")
            done = runner.run(Command(("flask", "routes"), folder, {}, limit=60))
    finally:
        runner.close()
    return done.stdout.partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
