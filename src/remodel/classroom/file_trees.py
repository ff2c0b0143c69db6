"""The files of a folder or a zip, by their path in it; whatever somebody hands in is only read.

Nothing is unpacked to its own place: a path that leads elsewhere is refused, and so is what grows
beyond what a hand-in needs.
"""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from remodel.errors import RemodelError

#: The most that one hand-in may hold: of files, and of bytes when unpacked.
MOST_FILES = 5_000
MOST_BYTES = 64 * 1024 * 1024
#: The most bytes that a download of a whole class may hold, as its zips lie in it.
MOST_OF_A_CLASS = 2 * 1024 * 1024 * 1024
#: What systems and tools leave behind, and nobody hands in.
NOISE = {"__MACOSX", "__pycache__", ".DS_Store", "Thumbs.db", ".venv", "venv", "node_modules"}
#: Where a gradebook keeps what its teacher has agreed to.
AGREED = ("results", "unsafe")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Unreadable(RemodelError):
    """A hand-in that cannot be read; the message says what it is instead."""


@dataclass(frozen=True)
class TreeEntry:
    """One file of a tree: how to read it, and how large it says it is."""

    read: Callable[[], bytes]
    size: int


@dataclass(frozen=True)
class FileTree:
    """Files by their path, with / between the parts."""

    entries: Mapping[str, TreeEntry]
    #: Whether it is one file to its owner, a zip.
    packed: bool = False

    @property
    def tops(self) -> dict[str, list[str]]:
        """The paths, by their first part."""
        tops: dict[str, list[str]] = {}
        for name in sorted(self.entries):
            tops.setdefault(name.partition("/")[0], []).append(name)
        return tops

    def below(self, folder: str) -> "FileTree":
        """What lies in `folder`; all of it where that is ""."""
        start = f"{folder}/" if folder else ""
        inside = {n.removeprefix(start): e for n, e in self.entries.items() if n.startswith(start)}
        return replace(self, entries=inside)

    def contents(self) -> dict[str, bytes]:
        """Every file, read; raises Unreadable where that is more than one hand-in may hold."""
        if len(self.entries) > MOST_FILES:
            raise Unreadable(f"It holds {len(self.entries)} files; {MOST_FILES} are the most.")
        if sum(entry.size for entry in self.entries.values()) > MOST_BYTES:
            raise Unreadable(f"It holds more than {MOST_BYTES // 1024**2} MB.")
        return {name: entry.read() for name, entry in self.entries.items()}


def in_folder(folder: Path) -> FileTree:
    """The files below `folder`; links are passed over, and so is what git keeps."""
    entries = {}
    for path in _files_below(folder):
        name = path.relative_to(folder).as_posix()
        entries[name] = TreeEntry(path.read_bytes, path.stat().st_size)
    return FileTree(entries)


def is_empty(folder: Path) -> bool:
    """Whether no file lies in `folder` or below it."""
    return not any(files for _, _, files in os.walk(folder))


def _files_below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        if Path(place, *AGREED).exists():  # our own, from the last time
            folders.clear()
            continue
        folders[:] = sorted(set(folders) - NOISE - {".git"})
        for name in sorted(set(files) - NOISE):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path


def in_zip(content: Path | bytes, most: int = MOST_BYTES) -> FileTree:
    """The files in a zip; raises Unreadable where it is none, is broken, or is a trap."""
    try:
        archive = zipfile.ZipFile(content if isinstance(content, Path) else io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Unreadable("It is no zip file, or only a part of one.") from error
    listed = [info for info in archive.infolist() if not info.is_dir()]
    entries = {
        _path(info): TreeEntry(_reader(archive, info, most), info.file_size)
        for info in _refuse_traps(listed, most)
    }
    return FileTree({n: e for n, e in entries.items() if not _is_noise(n)}, packed=True)


def _refuse_traps(listed: list[zipfile.ZipInfo], most: int) -> Iterable[zipfile.ZipInfo]:
    if len(listed) > 20 * MOST_FILES or sum(info.file_size for info in listed) > most:
        raise Unreadable(f"Unpacked, it is more than {most // 1024**2} MB, or too many files.")
    for info in listed:
        if info.flag_bits & 1:
            raise Unreadable("It has a password.")
        if info.compress_type not in _METHODS:
            raise Unreadable("It is packed in a way that few programs can read. Pack it as .zip.")
    # A link has nothing in it but a path.
    return [info for info in listed if not stat.S_ISLNK(info.external_attr >> 16)]


def _path(info: zipfile.ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in name:
        raise Unreadable(f"It holds {name!r}, a file that would land outside of its folder.")
    return "/".join(parts)


def _is_noise(name: str) -> bool:
    return any(part in NOISE or part == ".git" for part in name.split("/"))


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Callable[[], bytes]:
    def read() -> bytes:
        """No more than it says that it is: a bomb says less."""
        try:
            with archive.open(info) as file:
                content = file.read(min(info.file_size, most) + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise Unreadable(f"{info.filename} in it is damaged.") from error
        if len(content) > info.file_size:
            raise Unreadable(f"{info.filename} in it is larger than it says.")
        return content

    return read
