"""Scratch folders, and laying files out in them."""

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
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


@contextlib.contextmanager
def scratch(within: Path | None = None) -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the machine has a place for that.

    Or a hidden one `within` a folder; raises OSError where that cannot be.
    """
    usual = MEMORY if _has_room(MEMORY) else None
    folder = Path(tempfile.mkdtemp(prefix="." if within else "remodel-", dir=within or usual))
    try:
        yield folder
    finally:
        with contextlib.suppress(RecursionError):
            shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove what a migration made unremovable: without permissions, or deeper than a path goes.

    Each folder in it is moved up to it, one after the other.
    """
    waiting, moved = [folder], itertools.count()
    while waiting:
        place = waiting.pop()
        with contextlib.suppress(OSError):
            place.chmod(0o700)
            for entry in list(os.scandir(place)):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path).rename(folder / f"remodel-moved-{next(moved)}"))
                else:
                    Path(entry.path).unlink()
            if place != folder:
                place.rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()


def lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files` (relative POSIX path to content) under `folder`."""
    paths = {folder / name: content for name, content in files.items()}
    for place in dict.fromkeys(path.parent for path in paths):
        place.mkdir(parents=True, exist_ok=True)
    for path, content in paths.items():
        path.write_bytes(content)
