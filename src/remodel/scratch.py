"""Scratch folders: lay files out, and copy a database out of the reach of what made it."""

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from remodel.sqlite import MAX_BYTES


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the machine has a place for that."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="remodel-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():  # a migration may have taken its own folder's permissions away
            _make_removable(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _make_removable(folder: Path) -> None:
    folder.chmod(0o700)
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)


def lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files` (relative POSIX path to content) under `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def copy_out(path: Path) -> bytes:
    """The database at `path`, b"" where there is none that can be trusted to be a plain file."""
    content = _read_plain_file(path)
    sidecars = {
        end: _read_plain_file(path.with_name(path.name + end)) for end in ("-wal", "-journal")
    }
    return _settle(content, sidecars) if content and any(sidecars.values()) else content


def _read_plain_file(path: Path) -> bytes:
    # Neither a symlink to another file nor a FIFO that blocks the reader: both were tried on us.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return b""
    with open(descriptor, "rb") as file:  # noqa: PTH123
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_BYTES:
            return b""
        return file.read()


def _settle(content: bytes, sidecars: Mapping[str, bytes]) -> bytes:
    """Fold in a -wal, or roll back a -journal, that a killed command left beside the database."""
    with scratch() as folder:
        copy = folder / "copy.db"
        copy.write_bytes(content)
        for end, beside in sidecars.items():
            if beside:
                copy.with_name(copy.name + end).write_bytes(beside)
        try:
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("PRAGMA journal_mode = DELETE")
            return copy.read_bytes()
        except sqlite3.Error:
            return content
