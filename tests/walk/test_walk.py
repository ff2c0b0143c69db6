"""Each lesson is typed as its page says, in a home of its own, and shows what its page shows."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from remodel.cli.walks import to_walk, walk
from remodel.course.catalog import find_course
from remodel.course.layout import INSTANCE
from remodel.course.lesson import Lesson
from remodel.playground.lesson_app import play

CATALOG = find_course()
LESSONS = to_walk(CATALOG)


def test_lesson_1_can_be_typed() -> None:
    """A page without a box to type would pass every other test here."""
    assert "1" in {str(lesson.number) for lesson in LESSONS}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_that_is_typed_shows_its_page_and_ends_where_the_next_begins(
    lesson: Lesson, tmp_path: Path
) -> None:
    """Typed from `remodel play N`: the outputs, the lesson's own files, and play N+1's rows."""
    with walk(CATALOG, lesson) as (text, app):
        assert text == lesson.page.read_text(encoding="utf-8"), "remodel dev walk --write"
        for file, content in lesson.app_files().items():
            assert (app / file).read_bytes() == content, file
        play(CATALOG, CATALOG.lesson(str(lesson.number + 1)), tmp_path / "next")
        assert _databases(app) == _databases(tmp_path / "next")


def _databases(app: Path) -> dict[str, list[str]]:
    """Each database of the app: its schema and rows, as the statements that would make them."""
    dumped = {}
    for file in sorted((app / INSTANCE).glob("*.db")):
        with closing(sqlite3.connect(file)) as connection:
            dumped[file.name] = list(connection.iterdump())
    return dumped
