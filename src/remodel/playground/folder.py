"""Lays an exercise out for a learner, packs it, and puts it back without losing anything."""

import contextlib
import json
import os
import shutil
import signal
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from remodel import __version__
from remodel.course import handin, playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.handin import HandIn
from remodel.course.layout import HANDIN_TOML, PAGE, database_file
from remodel.course.playground_mark import mark_of
from remodel.errors import NotGraded, RemodelError
from remodel.grading.answer import from_playground
from remodel.grading.project.deployments import Deployments
from remodel.grading.workspace.workspace import Databases, Workspace
from remodel.playground.kept import keep_first
from remodel.runner import open_runner
from remodel.scratch import lay_out

#: What `reset` leaves where it is: a learner's own repository and environment.
KEPT = (".git", ".venv")


def start(catalog: Catalog, exercise: Exercise, folder: Path) -> None:
    """Make `folder` a whole runnable app with a database that has rows in it.

    Raises RemodelError where the folder is there already, and changes nothing then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RemodelError(_there_already(exercise, folder))
    put_in_place(folder, lambda place: _fill(exercise, place))


def put_in_place(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make `folder`, which is not there or empty, of what `fill` lays out: all of it or nothing."""
    unfinished = _made_beside(folder, fill)
    try:
        if folder.exists():
            folder.rmdir()
        unfinished.replace(folder)
    except OSError as error:
        shutil.rmtree(unfinished)
        if not any(folder.iterdir()):
            raise
        raise RemodelError(
            f"{folder}\nwas begun by another command at the same moment. Go on there."
        ) from error


def _there_already(exercise: Exercise, folder: Path) -> str:
    mark = playground_mark.read(folder)
    if mark and mark.exercise == exercise.slug:
        return (
            f"You have begun {exercise.slug} already. It lies in\n  {folder}\n"
            f"Go on there, or begin again, with a backup:\n  remodel reset {exercise.slug}"
        )
    return (
        f"{folder}\nis there already and is not empty. Nothing was changed. Name a new folder:\n"
        f"  remodel start {exercise.slug} --to FOLDER"
    )


def _made_beside(folder: Path, fill: Callable[[Path], None]) -> Path:
    """What `fill` makes, laid out beside its place, so that Ctrl-C leaves no half of it there."""
    # A second command may be at it at the same moment.
    unfinished = folder.with_name(f".{folder.name}.unfinished-{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        fill(unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return unfinished


def _fill(exercise: Exercise, folder: Path) -> None:
    databases = first_databases(exercise)
    lay_out(exercise.given, folder)
    readme = exercise.page.read_bytes()
    (folder / PAGE).write_bytes(exercise.reworded(readme))
    for bind, content in databases.items():
        place = database_file(folder, bind)
        place.parent.mkdir(exist_ok=True)
        if content:
            place.write_bytes(content)
    keep_first(folder)
    playground_mark.write(folder, mark_of(exercise))


def first_databases(exercise: Exercise) -> Databases:
    """The databases a learner begins with: at the starting revision, with the story's rows.

    None where they would be a server's: no file holds one.
    """
    if exercise.database != "sqlite":
        return {}
    runner = open_runner()
    try:
        return Deployments(exercise, Workspace(runner)).laid_out()
    finally:
        runner.close()


def reset(catalog: Catalog, exercise: Exercise, folder: Path) -> Path:
    """Begin again, with a new database; returns the backup of what was there.

    The folder itself stays: a shell that is in it would else go on in the backup.
    """
    if not folder.is_dir():
        raise NotGraded(f"You have not started {exercise.slug}. Run: remodel start {exercise.slug}")
    backup = backup_of(catalog, exercise.slug)
    begin_again(folder, backup, lambda place: _fill(exercise, place))
    return backup


def backup_of(catalog: Catalog, name: str) -> Path:
    """Where what is called `name` is kept now: a new folder each time."""
    return catalog.layout.backups / f"{name}-{datetime.now():%Y%m%d-%H%M%S-%f}"


def begin_again(folder: Path, backup: Path, fill: Callable[[Path], None]) -> None:
    """Have `folder` hold what `fill` lays out, and `backup` what it held, but for KEPT."""
    with alone_in(folder):
        unfinished = _made_beside(folder, fill)
        try:
            keep_copy(folder, backup)
            with _deaf_to_ctrl_c():
                _exchange(folder, unfinished)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Have no second command lay out `folder` at the same moment, where the system can see to it.

    Raises RemodelError where one is at it.
    """
    if sys.platform == "win32":  # no file moves there while another program has it open
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise RemodelError(f"Another command lays out\n{folder}\nat this moment.") from error
    except OSError:
        pass  # some file systems of a network know no locks
    try:
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """For a moment: a folder that is half exchanged would be neither the old nor the new."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def keep_copy(folder: Path, backup: Path) -> None:
    """Copy `folder` to `backup`, but for KEPT, and for what is neither a file nor a folder.

    Raises RemodelError where something cannot be copied, and keeps nothing then.
    """
    try:
        shutil.copytree(folder, backup, symlinks=True, ignore=_left_out)
    except shutil.Error as error:
        shutil.rmtree(backup, ignore_errors=True)
        source, _, reason = error.args[0][0]
        raise RemodelError(
            f"{source}\ncannot be copied to a backup, so nothing was changed ({reason})."
        ) from error


def _left_out(place: str, names: list[str]) -> set[str]:
    paths = {name: Path(place, name) for name in names}
    copied = {
        n for n, path in paths.items() if path.is_symlink() or path.is_file() or path.is_dir()
    }
    return {*names} - copied | {*KEPT}


def _exchange(folder: Path, unfinished: Path) -> None:
    """Have `folder` hold what `unfinished` holds, and nothing else but KEPT."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name not in KEPT:
                shutil.rmtree(path)
        else:
            path.unlink()
    for path in unfinished.iterdir():
        path.replace(folder / path.name)


def pack(exercises: list[tuple[Exercise, Path]], to: Path, name: str = "") -> list[str]:
    """Write the zip that somebody of this `name` hands in: the edits, and what they are of.

    Returns the names of the files in it.
    """
    if to.exists() and not zipfile.is_zipfile(to):
        raise RemodelError(f"{to} is there already and is not a zip file. Name another with --to.")
    contents = {
        f"{exercise.slug}/{file}": content
        for exercise, folder in exercises
        for file, content in _with_handin(exercise, folder, name).items()
    }
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(contents):
            archive.writestr(zipfile.ZipInfo(file, (2026, 1, 1, 0, 0, 0)), contents[file])
    return sorted(contents)


def is_changed(exercise: Exercise, folder: Path) -> bool:
    """Whether the learner has changed anything that is handed in."""
    return _packed(exercise, folder) != {"answer.toml": b"deletes = []\n"}


def _with_handin(exercise: Exercise, folder: Path, name: str) -> dict[str, bytes]:
    says = HandIn(handin.FORMAT, exercise.slug, exercise.variant, __version__, name)
    return {**_packed(exercise, folder), HANDIN_TOML: says.text().encode()}


def _packed(exercise: Exercise, folder: Path) -> dict[str, bytes]:
    """What the learner changed; a deployed revision too, so that the verdict stays the same."""
    handed = from_playground(exercise, folder)
    packed = {
        file: content
        for file, content in handed.files.items()
        if exercise.accepts(file) and exercise.given.get(file) != content
    }
    packed |= {file: (folder / file).read_bytes() for file in handed.tampered}
    there = handed.files.keys() - set(handed.missing)
    gone = [f for f in exercise.given if exercise.accepts(f) and f not in there]
    if gone or not packed:
        packed["answer.toml"] = f"deletes = {json.dumps(gone)}\n".encode()
    return packed
