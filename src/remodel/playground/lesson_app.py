"""Lays the app of a lesson out, in the state in which a reader begins that lesson."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.layout import INSTANCE
from remodel.course.lesson import Lesson
from remodel.errors import CourseError, RemodelError
from remodel.playground.folder import backup_of, begin_again, put_in_place
from remodel.playground.kept import keep_first
from remodel.scratch import lay_out, scratch

#: Seconds that a command of lesson.toml may take; each takes one or two.
_PATIENCE = 120


def play(catalog: Catalog, lesson: Lesson, folder: Path, end: bool = False) -> None:
    """Make `folder` the app that the reader of `lesson` begins with, or at its `end` has.

    At the end there is no database yet: `flask db upgrade` makes it. Raises RemodelError where
    something is there already, and changes nothing then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RemodelError(
            f"{folder}\nis there already and is not empty. Nothing was changed. Go on there, or "
            "begin again, with a backup: add --again. Or name another folder: add --to FOLDER"
        )
    put_in_place(folder, _filling(catalog, lesson, end))


def play_again(catalog: Catalog, lesson: Lesson, folder: Path, end: bool = False) -> Path:
    """Lay the same out again in `folder`; returns the backup of what was there."""
    if not folder.is_dir():
        raise RemodelError(f"{folder}\nis not there yet. Begin it without --again.")
    backup = backup_of(catalog, catalog.layout.played(lesson.number, end).name)
    begin_again(folder, backup, _filling(catalog, lesson, end))
    return backup


def _filling(catalog: Catalog, lesson: Lesson, end: bool) -> Callable[[Path], None]:
    if end:
        return lambda place: lay_out(lesson.app_files(), place)
    return lambda place: _fill(catalog, lesson, place)


def _fill(catalog: Catalog, lesson: Lesson, folder: Path) -> None:
    begins = lesson.begins
    lay_out(catalog.lesson(begins.app).app_files(), folder)
    with scratch() as made:
        lay_out(catalog.lesson(begins.database or begins.app).app_files(), made)
        for command in begins.run:
            _run(lesson, command, made)
        if (made / INSTANCE).is_dir():
            shutil.copytree(made / INSTANCE, folder / INSTANCE, dirs_exist_ok=True)
    keep_first(folder)


def _run(lesson: Lesson, command: str, folder: Path) -> None:
    program, *words = shlex.split(command)
    if program != "flask":
        raise CourseError(f"{lesson.path}/lesson.toml: begins.run: {command!r} is no flask command")
    # A reader's DATABASE_URL would send the command to another database.
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FLASK_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-m", "flask", *words],
        cwd=folder,
        env={**env, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
    )
    if done.returncode:
        raise CourseError(
            f"{lesson.path}/lesson.toml: begins.run: {command!r} ended with {done.returncode}:\n"
            f"{done.stderr.strip()[-500:]}"
        )
