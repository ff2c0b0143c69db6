"""Lays the app of a lesson out, in the state in which a reader begins that lesson."""

import contextlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.layout import APP, database_file
from remodel.course.lesson import Lesson
from remodel.course.stages import stage_before
from remodel.errors import RemodelError
from remodel.playground.folder import backup_of, begin_again, put_in_place
from remodel.playground.kept import keep_first
from remodel.scratch import lay_out

_CREATED = re.compile(rb"^Create Date: .*$", re.MULTILINE)


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
    lay_out(catalog.lesson(lesson.begins.app).app_files(), folder)
    for script in sorted(lesson.databases.glob("*.sql")):
        place = database_file(folder, script.stem)
        place.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(place)) as connection:
            connection.executescript(script.read_text(encoding="utf-8"))
    keep_first(folder)


@dataclass(frozen=True)
class Taken:
    """What `take` changed in an app: the files it wrote, those it removed, and the backup."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    #: Where files lie that were nobody's but the reader's; None where there was none.
    backup: Path | None


def take(catalog: Catalog, lesson: Lesson, folder: Path, patterns: Sequence[str] = ()) -> Taken:
    """Bring files of the app in `folder` to the end of `lesson`: those below `patterns`, or all.

    A file of the reader's that neither this lesson's app nor the one before it has is kept as a
    backup. Raises RemodelError where `folder` holds no app, or where the lesson has no such file.
    """
    if not (folder / APP).is_dir():
        raise RemodelError(
            f"{folder} holds no app. Go into your own first, such as the one that "
            f"`remodel play {lesson.number}` lays out."
        )
    wanted = {f: c for f, c in lesson.app_files().items() if _is_below(f, patterns)}
    gone = [f for f in lesson.removes if _is_below(f, patterns) and (folder / f).exists()]
    if not wanted and not gone:
        raise RemodelError(f"Lesson {lesson.number} has no file like {', '.join(patterns)}.")
    now = {f: (folder / f).read_bytes() for f in [*wanted, *gone] if (folder / f).is_file()}
    before = stage_before(catalog, lesson)
    shipped = before.app_files() if before else {}
    own = {f: c for f, c in now.items() if not _is_same(c, wanted.get(f), shipped.get(f))}
    backup = None
    if own:
        backup = backup_of(catalog, f"{folder.name}-before-lesson-{lesson.number}")
        lay_out(own, backup)
    changed = {f: c for f, c in wanted.items() if f not in now or not _is_same(now[f], c)}
    lay_out(changed, folder)
    for file in gone:
        (folder / file).unlink()
        with contextlib.suppress(OSError):  # it holds something else
            (folder / file).parent.rmdir()
    return Taken(tuple(sorted(changed)), tuple(sorted(gone)), backup)


def _is_same(content: bytes, *others: bytes | None) -> bool:
    """Whether one of `others` differs in no more than the moment when a revision was drafted."""
    plain = [_CREATED.sub(b"", each) for each in (content, *others) if each is not None]
    return plain[0] in plain[1:]


def _is_below(file: str, patterns: Sequence[str]) -> bool:
    names = [each.rstrip("/") for each in patterns]
    return not names or any(file == each or file.startswith(f"{each}/") for each in names)
