"""What the course ships: a digest of each file that a grading reads, and what is no longer so.

A lesson's app is the starter of exercises. Whoever works in `lessons/` instead of a playground
would be graded against an app that no one else has, and the shipped solution itself would be
refused. A digest tells that in a download without git, too.
"""

import hashlib
import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.layout import PAGE, Layout
from remodel.course.tree import read_tree
from remodel.errors import CourseError

#: Folder (relative to the course) to file in it to digest.
Digests = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, order=True)
class ChangedFile:
    """A file of the course that is not as shipped; `how` is edited, added or missing."""

    path: str
    how: str

    def __str__(self) -> str:
        return f"{self.path} ({self.how})"


def manifest(catalog: Catalog) -> dict[Path, str]:
    """The manifest of the files as they are today: its place, and its text."""
    digests: dict[str, Mapping[str, str]] = {}
    for exercise in catalog.exercises.values():
        digests |= _digests(catalog.layout, exercise)
    return {catalog.layout.manifest: json.dumps(digests, indent=1, sort_keys=True) + "\n"}


def digest_of_files(layout: Layout, exercise: Exercise) -> str:
    """One digest of all the files that a grading of `exercise` reads, as they are today."""
    return _digest(json.dumps(_digests(layout, exercise), sort_keys=True).encode())


def changed_files(layout: Layout, exercise: Exercise) -> tuple[ChangedFile, ...]:
    """The files that a grading of `exercise` reads and that are not as shipped, by path.

    None in a course without a manifest. Raises CourseError where there is one that cannot be read.
    """
    if not layout.manifest.is_file():
        return ()
    shipped = _read(layout.manifest)
    today = _digests(layout, exercise)
    return tuple(
        sorted(
            changed
            for folder, files in today.items()
            for changed in _compare(folder, shipped.get(folder, {}), files)
        )
    )


def way_back(layout: Layout, changed: tuple[ChangedFile, ...]) -> str:
    """Which files of the course are not as shipped, and what to type; lines of their own."""
    named = [f"  {each}" for each in changed[:4]]
    if len(changed) > 4:
        named.append(f"  and {len(changed) - 4} more")
    line = way_back_line(layout)
    if line:
        named.append("To put the course back and keep your changes (`git stash list`), type:")
    return "\n".join([*named, f"  {line}" if line else "Download the course again to undo that."])


def way_back_line(layout: Layout) -> str:
    """What to type to have the course as shipped; "" in a download without git."""
    if not (layout.root / ".git").exists():
        return ""
    return f"git -C {shlex.quote(str(layout.root))} stash push -u -- lessons exercises solutions"


def _compare(
    folder: str, shipped: Mapping[str, str], today: Mapping[str, str]
) -> Iterator[ChangedFile]:
    for file in shipped.keys() | today.keys():
        if file not in today:
            yield ChangedFile(f"{folder}/{file}", "missing")
        elif file not in shipped:
            yield ChangedFile(f"{folder}/{file}", "added")
        elif shipped[file] != today[file]:
            yield ChangedFile(f"{folder}/{file}", "edited")


def _read(place: Path) -> Digests:
    try:
        return msgspec.json.decode(place.read_bytes(), type=dict[str, dict[str, str]])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{place} cannot be read ({error}). Put it back: git checkout -- {place}"
        ) from error


def _digests(layout: Layout, exercise: Exercise) -> dict[str, dict[str, str]]:
    folders = {
        exercise.path: _all_in(exercise.path),
        exercise.solution_path: _all_in(exercise.solution_path),
        exercise.stage.path: exercise.stage.app_files(),
        exercise.path.parent: _files_beside(layout, exercise.path.parent),
        layout.exercises: _files_beside(layout, layout.exercises),
    }
    return {
        layout.relative(folder): {file: _digest(content) for file, content in files.items()}
        for folder, files in folders.items()
    }


def _all_in(folder: Path) -> dict[str, bytes]:
    """All but the page: notes on it change no verdict."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return read_tree(folder, [name for name in names if name != PAGE])


def _files_beside(layout: Layout, folder: Path) -> dict[str, bytes]:
    own = (path for path in folder.iterdir() if path.is_file() and path != layout.manifest)
    return read_tree(folder, [path.name for path in own if path.name != PAGE])


def _digest(content: bytes) -> str:
    # Git may check text out with the line ends of Windows.
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:16]
