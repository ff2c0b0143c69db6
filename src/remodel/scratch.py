"""Scratch folders, and laying files out in them."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

#: Where Linux keeps files in memory.
MEMORY = Path("/dev/shm")
#: The bytes that a command and its databases may well need.
ROOM = 32 * 1024 * 1024


def _has_room(place: Path) -> bool:
    try:
        return os.access(place, os.W_OK) and shutil.disk_usage(place).free >= ROOM
    except OSError:
        return False


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the machine has a place for that."""
    folder = Path(tempfile.mkdtemp(prefix="remodel-", dir=MEMORY if _has_room(MEMORY) else None))
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
