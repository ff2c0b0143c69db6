"""Notes down where the code of a command writes outside of the folders that are its own.

What lies there stays for the next command: a migration can count by it how often it ran. Python
itself tells of what it opens (PEP 578), and code cannot make it stop.
"""

import contextlib
import errno
import mmap
import os
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

#: The bytes of a place that are kept.
LONGEST = 1024
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: What Python tells of, and which of the arguments names the place that is changed.
PLACES = {
    **{"open": 0, "sqlite3.connect": 0, "os.mkdir": 0, "os.setxattr": 0, "os.truncate": 0},
    **{"os.chmod": 0, "os.symlink": 1, "os.link": 1, "os.rename": 1},
}
#: Below /dev, devices keep nothing; here are files. What /proc keeps ends with the process.
KEEPING = ("/dev/shm/", "/dev/mqueue/")


class WriteWatch:
    """One for each command: made before its process is forked, begun in it, read in both."""

    def __init__(self) -> None:
        self._noted = mmap.mmap(-1, LONGEST)

    def begin(self, folder: str) -> None:
        """From here on, note down the first place outside `folder` that this process writes to."""
        sys.addaudithook(_hook(self._noted, os.path.realpath(folder)))

    def place(self) -> str:
        """The place that was noted down, or ""; the watch ends."""
        with self._noted as noted:
            return noted[:].rstrip(b"\0").decode(errors="replace")


def _hook(noted: mmap.mmap, folder: str) -> Callable[[str, tuple[Any, ...]], None]:
    def hook(event: str, given: tuple[Any, ...]) -> None:
        number = PLACES.get(event)
        if number is None or (event == "open" and not given[2] & WRITING):
            return
        # What is raised here would be raised in the code that is watched.
        with contextlib.suppress(Exception):
            place = _place(given[number])
            if place and not noted[0] and not _is_own(place, folder):
                noted[: len(place)] = place.encode(errors="replace")

    return hook


def _place(given: Any) -> str:
    """The place that `given` names, if it names one: not a descriptor, nor memory."""
    if isinstance(given, int):
        return ""
    place = os.fsdecode(given)
    if place.startswith("file:"):
        place = urlsplit(place).path
    if not place or place.startswith(":"):
        return ""
    return _resolved(place)[: LONGEST // 4]


def _resolved(place: str) -> str:
    """`place` without links; "" where it lies deeper than a path can say.

    The kernel is asked: `realpath` looks at each folder on the way, at each call, which takes
    minutes where a thousand folders lie in each other. Who writes that deep was noted down before,
    when the first of those folders was made.
    """
    try:
        if os.path.lexists(place):
            return _where(place)
        folder, name = os.path.split(place)
        return os.path.join(_where(folder or "."), name)  # noqa: PTH118
    except OSError as e:
        return "" if e.errno == errno.ENAMETOOLONG else os.path.realpath(place)


def _where(place: str) -> str:
    opened = os.open(place, os.O_PATH)
    try:
        return os.readlink(f"/proc/self/fd/{opened}")  # noqa: PTH115
    finally:
        os.close(opened)


def _is_own(place: str, folder: str) -> bool:
    if place.startswith(f"{folder}{os.sep}") or place.startswith("/proc/"):
        return True
    return place.startswith("/dev/") and not f"{place}/".startswith(KEEPING)
