"""Takes what the course has changed into a playground, and keeps what the learner has."""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from remodel.course import playground_mark
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.layout import COURSE_COPY, PAGE, database_file
from remodel.course.playground_mark import Mark, fingerprint, fingerprints, mark_of
from remodel.database.sqlite import opened
from remodel.errors import NotGraded
from remodel.playground.folder import alone_in, backup_of, first_databases, keep_copy
from remodel.playground.kept import at_start, put_databases
from remodel.scratch import lay_out


def changes_since_the_start(exercise: Exercise, folder: Path) -> tuple[str, ...]:
    """The files of the course that are not as they were when `folder` was laid out."""
    mark = playground_mark.read(folder)
    if mark is None:
        return ()
    began = {**mark.starter, **mark.about}
    now = fingerprints({**exercise.given, **(exercise.about if mark.about else {})})
    return tuple(sorted(f for f in began.keys() | now.keys() if began.get(f) != now.get(f)))


@dataclass(frozen=True)
class Update:
    """What becomes of each file of a playground, as far as the course has changed it."""

    #: The learner has not touched it: it gets the course's new text, or goes with the course's.
    taken: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    #: Both have changed it: the learner's stays, and the course's is laid beside it, if any.
    beside: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    #: Whether the database begins otherwise now.
    database: bool = False

    def __bool__(self) -> bool:
        return bool(self.taken or self.removed or self.beside or self.kept or self.database)

    @classmethod
    def of(cls, exercise: Exercise, folder: Path, mark: Mark) -> "Update":
        """What there is to do in `folder`, but for its database."""
        fates: dict[str, str] = {}
        began = {**mark.starter, PAGE: mark.about.get(PAGE, "")}
        now = _laid_out(exercise)
        for file in sorted(began.keys() | now.keys()):
            fate = _fate(folder / file, began.get(file), now.get(file))
            if fate:
                fates[file] = fate

        def ending(fate: str) -> tuple[str, ...]:
            return tuple(file for file in fates if fates[file] == fate)

        return cls(ending("taken"), ending("removed"), ending("beside"), ending("kept"))


def _laid_out(exercise: Exercise) -> dict[str, bytes]:
    page = {PAGE: exercise.about[PAGE]} if PAGE in exercise.about else {}
    return {**exercise.given, **page}


def _fate(path: Path, began: str | None, now: bytes | None) -> str | None:
    """What is to become of the file at `path`; None where there is nothing to do."""
    mine = path.read_bytes() if path.is_file() else None
    prints = {fingerprint(mine), fingerprint(mine.replace(b"\r\n", b"\n"))} if mine else {None}
    course = fingerprint(now) if now is not None else None
    if course == began or course in prints:
        return None
    # Of a page that was laid out before marks knew it, nobody can say who changed it.
    if began in prints or began == "":
        return "taken" if now is not None else "removed"
    return "beside" if now is not None else "kept"


def update(catalog: Catalog, exercise: Exercise, folder: Path) -> tuple[Update, Path | None]:
    """Bring `folder` to what the course has today; returns what was done, and the backup.

    Raises NotGraded where nothing was begun. There is no backup where nothing was to be done.
    """
    mark = playground_mark.read(folder)
    if mark is None:
        raise NotGraded(f"You have not started {exercise.slug}. Run: remodel start {exercise.slug}")
    planned = Update.of(exercise, folder, mark)
    databases = _other_databases(exercise, folder)
    planned = replace(planned, database=databases is not None)
    if not planned:
        playground_mark.write(folder, mark_of(exercise))  # another grader is taken over by that
        return planned, None
    backup = backup_of(catalog, exercise.slug)
    with alone_in(folder):
        keep_copy(folder, backup)
        now = _laid_out(exercise)
        lay_out({file: now[file] for file in planned.taken}, folder)
        lay_out({f"{file}{COURSE_COPY}": now[file] for file in planned.beside}, folder)
        for file in planned.removed:
            (folder / file).unlink()
        if databases is not None:
            put_databases(folder, databases)
        playground_mark.write(folder, mark_of(exercise))
    return planned, backup


def _other_databases(exercise: Exercise, folder: Path) -> dict[str, bytes] | None:
    """The databases that the exercise begins with, by file, where they hold something else now."""
    before = at_start(folder)
    if not changes_since_the_start(exercise, folder) or before is None:
        return None
    now = {
        database_file(folder, bind).name: content
        for bind, content in first_databases(exercise).items()
        if content
    }
    same = now.keys() == before.keys() and all(_dump(now[f]) == _dump(before[f]) for f in now)
    return None if same else now


def _dump(content: bytes) -> list[str]:
    with opened(content) as connection:
        try:
            return list(connection.iterdump())
        except sqlite3.Error:
            return [repr(content)]
