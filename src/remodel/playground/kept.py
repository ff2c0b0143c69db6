"""Copies of a playground's databases: how they were seen last, and those that were asked for.

They lie in the playground itself, in a folder whose name begins with a dot: it is not handed in.
"""

import contextlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from remodel.course.layout import INSTANCE, kept_folder
from remodel.errors import RemodelError
from remodel.playground.state import databases_of

Databases = Mapping[str, bytes]

_NOW, _BEFORE, _SNAPSHOTS = "now", "before", "snapshots"
#: How the databases were when the playground was laid out.
START = "start"
#: How the name begins of what a rewind took away: it is never gone back to by itself.
UNDO = "rewound-"


def keep_first(folder: Path) -> None:
    """Remember how the databases in a new playground are: as seen last, and as a snapshot."""
    databases = databases_of(folder)
    _write(kept_folder(folder) / _NOW, databases)
    _write(kept_folder(folder) / _SNAPSHOTS / START, databases)


def at_start(folder: Path) -> Databases | None:
    """The databases as they were when the playground was laid out; None where nothing is known."""
    return _read(kept_folder(folder) / _SNAPSHOTS / START)


def put_databases(folder: Path, databases: Databases) -> None:
    """Have these databases, by file, in the playground: as if they had been laid out so."""
    (folder / INSTANCE).mkdir(exist_ok=True)
    for file, content in databases.items():
        _put(folder / INSTANCE / file, content)
    keep_first(folder)


def state_before(folder: Path, databases: Databases) -> Databases | None:
    """The databases before they became what they are, None where nothing is known of it.

    What is there now is remembered, where the folder can be written.
    """
    kept = kept_folder(folder)
    latest, earlier = _read(kept / _NOW), _read(kept / _BEFORE)
    if latest == databases:
        return earlier
    with contextlib.suppress(OSError):
        if latest is not None:
            _write(kept / _BEFORE, latest)
        _write(kept / _NOW, databases)
    return latest


def snapshot(folder: Path, name: str = "") -> str:
    """Keep the databases as they are, as `name` or under the next number; returns the name.

    Raises RemodelError where the name is taken, or is none, or a folder is called like a database.
    """
    databases = databases_of(folder)
    for file in databases:
        if (folder / INSTANCE / file).is_dir():
            raise RemodelError(
                f"{folder / INSTANCE / file} is a folder, no database. Move it away."
            )
    if not databases:
        raise RemodelError(f"There is no database in {folder / INSTANCE} yet.")
    name = name or _next_number(snapshots(folder))
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise RemodelError(f"A snapshot cannot be called {name!r}. Use letters, digits, - and _.")
    if name in snapshots(folder):
        raise RemodelError(f"There is a snapshot called {name} already. Choose another name.")
    _write(kept_folder(folder) / _SNAPSHOTS / name, databases)
    return name


def snapshots(folder: Path) -> list[str]:
    """The names of the snapshots, the most recent first."""
    place = kept_folder(folder) / _SNAPSHOTS
    if not place.is_dir():
        return []
    kept = sorted(place.iterdir(), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    return [each.name for each in kept if each.is_dir() and not each.name.startswith(".")]


def rewind(folder: Path, name: str = "") -> tuple[str, str]:
    """Have the databases as they were in the snapshot `name`, the most recent unless given.

    Returns its name, and that of a snapshot of what was there. Raises RemodelError.
    """
    known = snapshots(folder)
    if not name and all(each.startswith(UNDO) for each in known):
        raise RemodelError("There is no snapshot yet. To make one: remodel snapshot")
    name = name or next(each for each in known if not each.startswith(UNDO))
    if name not in known:
        raise RemodelError(
            f"There is no snapshot called {name}. There are {', '.join(known) or 'none'}."
        )
    databases = _read(kept_folder(folder) / _SNAPSHOTS / name) or {}
    was = databases_of(folder)
    undo = snapshot(folder, UNDO + _next_number(known, UNDO)) if was else ""
    (folder / INSTANCE).mkdir(exist_ok=True)
    for file, content in databases.items():
        _put(folder / INSTANCE / file, content)
    for file in was.keys() - databases.keys():
        (folder / INSTANCE / file).unlink()
    return name, undo


def _next_number(known: list[str], behind: str = "") -> str:
    """One more than the highest number that a name in `known` has behind `behind`."""
    ends = (each.removeprefix(behind) for each in known if each.startswith(behind))
    return str(max((int(end) for end in ends if end.isdecimal()), default=0) + 1)


def _put(place: Path, content: bytes) -> None:
    """Replace a database in one step, with what a killed command left beside it."""
    new = place.with_name(f"{place.name}.new")
    new.write_bytes(content)
    for ending in ("-wal", "-shm", "-journal"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    new.replace(place)


def _read(place: Path) -> dict[str, bytes] | None:
    if not place.is_dir():
        return None
    return {path.name: path.read_bytes() for path in sorted(place.glob("*.db"))}


def _write(place: Path, databases: Databases) -> None:
    """All of it or nothing, so that Ctrl-C leaves no half of a state."""
    new = place.with_name(f".{place.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, content in databases.items():
        (new / name).write_bytes(content)
    shutil.rmtree(place, ignore_errors=True)
    new.replace(place)
