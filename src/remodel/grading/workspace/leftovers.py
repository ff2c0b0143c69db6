"""Files that a command leaves behind: the next one on the same machine finds them."""

import itertools
import os
import stat
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path

#: Relative POSIX path in the scratch copy to content.
Files = Mapping[str, bytes]
#: What a command leaves beyond that, in files or in bytes of one, is not looked at.
MOST_FILES, LARGEST = 64, 1024 * 1024


def files_left(folder: Path, known: Set[str]) -> dict[str, bytes]:
    """The plain files under `folder` that are not in `known`: what a command wrote there."""
    left: dict[str, bytes] = {}
    for path in itertools.islice(_new_files(folder, known), MOST_FILES):
        with suppress(OSError):  # its owner may have taken away the right to read it
            left[path.relative_to(folder).as_posix()] = path.read_bytes()
    return left


def _new_files(folder: Path, known: Set[str]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            if path.relative_to(folder).as_posix() in known:
                continue
            about = path.lstat()
            # Neither a link out of the folder, nor a pipe that would never end.
            if stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST:
                yield path
