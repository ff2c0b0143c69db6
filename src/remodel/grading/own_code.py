"""Whether the grader itself is as it was when a grading began: an answer may write into its files.

The next grading, of somebody else, would run what it wrote there.
"""

import os
import site
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

import remodel

#: Files that Python runs whenever it starts, whoever starts it.
_AT_START = ("sitecustomize.py", "usercustomize.py")


def own_code() -> Mapping[str, tuple[int, ...]]:
    """Each file of the grader, and each that Python runs at its start, and when it was written."""
    return {path: _written(path) for path in _files()}


def changed_code(before: Mapping[str, tuple[int, ...]]) -> list[str]:
    """The files that have been written, added or deleted since `own_code` gave `before`."""
    now = own_code()
    return sorted(p for p in before.keys() | now.keys() if before.get(p) != now.get(p))


def _files() -> Iterator[str]:
    for folder, _, names in os.walk(Path(remodel.__file__).parent):
        yield from (f"{folder}/{name}" for name in names if name.endswith(".py"))
    for folder in {sysconfig.get_path("purelib"), *site.getsitepackages()}:
        if os.path.isdir(folder):  # noqa: PTH112
            for name in os.listdir(folder):  # noqa: PTH208
                if name.endswith(".pth") or name in _AT_START:
                    yield f"{folder}/{name}"


def _written(path: str) -> tuple[int, ...]:
    about = os.stat(path)  # noqa: PTH116
    # The time of the last change of the file's own record cannot be set by hand.
    return about.st_size, about.st_ino, about.st_ctime_ns
