"""Each lesson is typed as its pages say, in a home of its own, and shows what they show."""

from pathlib import Path

import pytest

from remodel.cli.walks import following, left_behind, to_walk, walk
from remodel.course.catalog import find_course
from remodel.course.lesson import Lesson
from remodel.playground.lesson_app import play
from remodel.site.transcripts.normalising import normalised

CATALOG = find_course()
LESSONS = to_walk(CATALOG)


def test_every_lesson_can_be_typed() -> None:
    """A page without a box to type would pass every other test here."""
    assert list(CATALOG.lessons.values()) == LESSONS


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_that_is_typed_shows_its_page_and_ends_where_the_next_begins(
    lesson: Lesson, tmp_path: Path
) -> None:
    """Typed from `remodel play N`: the outputs, the lesson's own files, and play N+1's rows.

    Each begins in exactly the state in which the one before ended, so this is one way through all.
    """
    with walk(CATALOG, lesson) as (pages, app):
        for page, text in pages.items():
            assert text == page.read_text(encoding="utf-8"), "remodel dev walk --write"
        for file, content in lesson.app_files().items():
            assert _text((app / file).read_bytes()) == _text(content), file
        after = following(CATALOG, lesson)
        if after:
            play(CATALOG, after, tmp_path / "next")
            assert after.begins.app == lesson.name
            assert _sorted(left_behind(app)) == _sorted(left_behind(tmp_path / "next"))


def _sorted(dumps: dict[str, str]) -> dict[str, str]:
    """The same, with the foreign keys of a table in one order: SQLAlchemy keeps them in a set."""
    return {name: normalised(text, Path("nowhere")) for name, text in dumps.items()}


def _text(content: bytes) -> str:
    """The text of a file, without the day on which a revision was drafted."""
    return normalised(content.decode(), Path("nowhere"))
