"""Copies a database out of the reach of what made it."""

import errno
import os
import sqlite3
import stat
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from remodel.database.remains import without_remains
from remodel.database.sqlite import MAX_BYTES
from remodel.scratch import scratch

#: Why no file can be opened where something else lies, or nothing, or what nobody may read.
_OF_ITS_PLACE = {
    *(errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENXIO),
    *(errno.EACCES, errno.EPERM, errno.EINVAL),
}


def copy_out(path: Path) -> bytes:
    """The database at `path`, b"" where there is none that can be trusted to be a plain file."""
    content = _read_plain_file(path)
    sidecars = {
        end: _read_plain_file(path.with_name(path.name + end)) for end in ("-wal", "-journal")
    }
    if content and any(sidecars.values()):
        content = _settle(content, sidecars)
    return without_remains(content)


def _read_plain_file(path: Path) -> bytes:
    # Neither a symlink to another file nor a FIFO that blocks the reader: both were tried on us.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        if error.errno not in _OF_ITS_PLACE:
            raise  # the file may be a good one
        return b""
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_BYTES:
        os.close(descriptor)  # of a folder, Python would make no file to close
        return b""
    with open(descriptor, "rb") as file:  # noqa: PTH123
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
