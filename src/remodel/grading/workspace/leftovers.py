"""Files that a command leaves behind: the next one on the same machine finds them."""

import itertools
import os
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path

#: Relative POSIX path in the scratch copy to content.
Files = Mapping[str, bytes]
#: What a command leaves beyond that, in files, in bytes of one, or so deep, is not looked at.
MOST_FILES, LARGEST, DEEPEST = 64, 1024 * 1024, 32
#: Nor more bytes than this in all: the outcome of every command is remembered.
MOST_BYTES = 4 * 1024 * 1024


def files_left(folder: Path, known: Set[str]) -> dict[str, bytes]:
    """The plain files under `folder` that are not in `known`: what a command wrote there."""
    left: dict[str, bytes] = {}
    room = MOST_BYTES
    for name in itertools.islice(_new_files(folder, known), MOST_FILES):
        with suppress(OSError):  # its owner may have taken away the right to read it
            content = (folder / name).read_bytes()
            room -= len(content)
            if room < 0:
                break
            left[name] = content
    return left


def _new_files(folder: Path, known: Set[str]) -> Iterator[str]:
    waiting = [("", 0)]
    while waiting:
        place, depth = waiting.pop()
        with suppress(OSError):  # it may not be readable
            inside = os.scandir(f"{folder}{os.sep}{place}")
            for entry in sorted(inside, key=lambda each: each.name, reverse=True):
                name = f"{place}{entry.name}"
                if entry.is_dir(follow_symlinks=False) and depth < DEEPEST:
                    waiting.append((f"{name}/", depth + 1))
                elif name not in known and _is_plain(entry):
                    yield name


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Whether it is neither a link out of the folder, nor a pipe that would never end."""
    return entry.is_file(follow_symlinks=False) and entry.stat().st_size <= LARGEST
