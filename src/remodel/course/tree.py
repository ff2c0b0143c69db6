"""The files of a folder, as one mapping."""

import fnmatch
from collections.abc import Iterable, Iterator
from pathlib import Path

from remodel.course.layout import INSTANCE

IGNORED = ("__pycache__", "*.pyc", INSTANCE, ".DS_Store", ".pytest_cache")


def read_tree(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Every regular file under `root` that is, or lies in, one of `names`."""
    paths = paths_in(root, names)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def paths_in(root: Path, names: Iterable[str]) -> Iterator[Path]:
    """The place of every regular file under `root` that is, or lies in, one of `names`."""
    for name in names:
        yield from _walk(root / name)


def _walk(path: Path) -> Iterator[Path]:
    if any(fnmatch.fnmatch(path.name, pattern) for pattern in IGNORED) or path.is_symlink():
        return
    if path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _walk(child)
    elif path.is_file():
        yield path
