"""Walks through lessons: a page typed into a terminal, in the app with which the lesson begins."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.layout import INSTANCE
from remodel.course.lesson import Lesson
from remodel.errors import CourseError
from remodel.playground.lesson_app import play
from remodel.scratch import scratch
from remodel.site.walk.blocks import typed_blocks
from remodel.site.walk.terminal import Terminal, environment
from remodel.site.walk.walk import walked


def to_walk(catalog: Catalog, names: Sequence[str] = ()) -> list[Lesson]:
    """The lessons that `names` name; without names, those whose page has something to type."""
    if names:
        return [catalog.lesson(name) for name in names]
    return [each for each in catalog.lessons.values() if any(typed_blocks(_read(each.page)))]


@dataclass(frozen=True)
class Walk:
    """An app in a home of its own, and the terminal that is open in it."""

    app: Path
    terminal: Terminal

    def typed(self, lesson: Lesson) -> dict[Path, str]:
        """Type each page of the lesson: its text as the terminal fills it in."""
        return {page: self._typed(page) for page in lesson.pages}

    def _typed(self, page: Path) -> str:
        try:
            return walked(_read(page), self.terminal, self.app)
        except CourseError as error:
            raise CourseError(f"{page}: {error}") from error


@contextmanager
def walk(catalog: Catalog, lesson: Lesson) -> Iterator[Walk]:
    """The house in which the reader of `lesson` begins; what is typed in it stays typed."""
    with scratch() as home:
        app = home / "house"
        play(catalog, lesson, app)
        with Terminal(app, environment(home, REMODEL_COURSE=str(catalog.root))) as terminal:
            yield Walk(app, terminal)


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def left_behind(app: Path) -> dict[str, str]:
    """Each database of the app: its name, and the SQL that makes it again."""
    dumps = {}
    for file in sorted((app / INSTANCE).glob("*.db")):
        with closing(sqlite3.connect(file)) as connection:
            dumps[file.stem] = "\n".join(connection.iterdump()) + "\n"
    return dumps


def hand_over(app: Path, following: Lesson) -> list[Path]:
    """Write what the app holds as that with which the `following` lesson begins."""
    dumps = left_behind(app)
    for old in following.databases.glob("*.sql"):
        if old.stem not in dumps:
            old.unlink()
    following.databases.mkdir(exist_ok=True)
    written = []
    for name, text in dumps.items():
        place = following.databases / f"{name}.sql"
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            place.write_text(text, encoding="utf-8", newline="\n")
            written.append(place)
    return written


def following(catalog: Catalog, lesson: Lesson) -> Lesson | None:
    """The lesson that begins where `lesson` ends; None after the last."""
    later = (each for each in catalog.lessons.values() if each.number == lesson.number + 1)
    return next(later, None)
