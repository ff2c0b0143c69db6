"""Scratch folders, and laying files out in them."""

import contextlib
import functools
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

try:
    import fcntl
except ImportError:  # which Windows has not
    fcntl = None  # type: ignore[assignment]

_PREFIX = "remodel-"
#: Where Linux keeps files in memory.
MEMORY = Path("/dev/shm")
#: The bytes that a command and its databases may well need.
ROOM = 32 * 1024 * 1024
#: After how many seconds a folder that no process holds was left by one that was killed.
ABANDONED = 60 * 60


def _has_room(place: Path) -> bool:
    try:
        return os.access(place, os.W_OK) and shutil.disk_usage(place).free >= ROOM
    except OSError:
        return False


@functools.cache  # once in a process
def _remove_abandoned() -> None:
    """Remove the folders in memory of processes that were killed: nobody else ever does."""
    if fcntl is None:
        return
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(MEMORY)):
            if entry.name.startswith(_PREFIX) and _is_abandoned(entry):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    about = entry.stat(follow_symlinks=False)
    if about.st_uid != os.getuid() or time.time() - about.st_mtime < ABANDONED:
        return False
    with contextlib.suppress(OSError), _held(Path(entry.path)):
        return True
    return False


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold `folder`, as long as the process lives; raises OSError where another one does."""
    if fcntl is None:
        yield
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(opened)


@contextlib.contextmanager
def scratch(within: Path | None = None) -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the machine has a place for that.

    Or a hidden one `within` a folder; raises OSError where that cannot be.
    """
    _remove_abandoned()
    usual = MEMORY if _has_room(MEMORY) else None
    folder = Path(tempfile.mkdtemp(prefix="." if within else _PREFIX, dir=within or usual))
    try:
        with _held(folder) if folder.parent == MEMORY else contextlib.nullcontext():
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
