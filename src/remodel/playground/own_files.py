"""The files of a playground beside those that it began with: what differs, and the way back."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from remodel.course.edits import diff_lines
from remodel.course.exercise import Exercise
from remodel.course.layout import PAGE
from remodel.course.tree import read_tree
from remodel.errors import RemodelError
from remodel.history import VERSIONS, read_history


@dataclass(frozen=True)
class FileChange:
    """A file that is not as it was given; `how` is edited, added, missing, or about line ends."""

    file: str
    how: str
    #: Whether it is handed in: the exercise takes it.
    taken: bool
    diff: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file} ({self.how}{'' if self.taken else '; not handed in'})"


def own_changes(exercise: Exercise, folder: Path) -> list[FileChange]:
    """What differs from the files that `exercise` gave, by path."""
    names = [path.name for path in folder.iterdir() if path.name[0] != "." and path.name != PAGE]
    files = read_tree(folder, [name for name in names if not name.endswith((".db", ".zip"))])
    changed = [
        file
        for file in sorted(files.keys() | exercise.given.keys())
        if files.get(file) != exercise.given.get(file)
    ]
    return [_change(exercise, file, exercise.given.get(file), files.get(file)) for file in changed]


def _change(exercise: Exercise, file: str, before: bytes | None, after: bytes | None) -> FileChange:
    try:
        old, new = ((each or b"").decode("utf-8") for each in (before, after))
    except UnicodeDecodeError:
        return FileChange(file, "edited, and no text", exercise.accepts(file), ())
    if before is None or after is None:
        how = "added" if before is None else "missing"
    else:
        how = "edited" if old.splitlines() != new.splitlines() else "the line ends alone"
    diff = diff_lines(old, new, (file, file))
    return FileChange(file, how, exercise.accepts(file), tuple(diff))


def given_file(exercise: Exercise, folder: Path, named: Path) -> str:
    """The given file that `named` means: a path from here, or inside of `folder`.

    Raises RemodelError where the exercise gave none that is called so.
    """
    here = folder.resolve()
    # The file itself may be a link by now, to anything.
    places = [Path(os.path.realpath(each.parent), each.name) for each in (named, folder / named)]
    inside = [each.relative_to(here).as_posix() for each in places if each.is_relative_to(here)]
    for file in inside:
        if file in exercise.given:
            return file
    near = sorted(file for file in exercise.given if PurePosixPath(file).name == named.name)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise RemodelError(f"{exercise.slug} gave no file {named}, so it has no first text.{hint}")


def restore(exercise: Exercise, folder: Path, file: str, backup: Path) -> bool:
    """Have `file` as it was given; whether there was another, which is now in `backup`."""
    place, kept = folder / file, backup / file
    plain = place.is_file() and not place.is_symlink()
    was = place.read_bytes() != exercise.given[file] if plain else os.path.lexists(place)
    if was:
        kept.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copy2 if plain else shutil.move)(place, kept)
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f"{place.name}.new")
    new.write_bytes(exercise.given[file])
    new.replace(place)
    return was


def same_revision_elsewhere(folder: Path, file: str) -> list[str]:
    """The other revision files that have the id of `file`: Alembic takes one of each id."""
    history = read_history(read_tree(folder, ["migrations"])).revisions
    ids = {each.id for each in history if each.file == file}
    others = (each.file for each in history if each.id in ids and each.file != file)
    return sorted(others) if file.startswith(VERSIONS) else []
