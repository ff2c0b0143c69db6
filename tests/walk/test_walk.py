"""Each lesson is typed as its pages say, alone and after the others, and shows what they show."""

from pathlib import Path

import pytest

from remodel.cli.walks import Walk, following, left_behind, to_walk, walk
from remodel.course.catalog import find_course
from remodel.course.layout import INSTANCE, kept_folder
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
    """Typed from `remodel play N`: the outputs, the lesson's own files, and play N+1's rows."""
    with walk(CATALOG, lesson) as way:
        app = way.app
        _shows_its_pages(way, lesson)
        for file, content in lesson.app_files().items():
            assert _text((app / file).read_bytes()) == _text(content), file
        after = following(CATALOG, lesson)
        if after:
            play(CATALOG, after, tmp_path / "next")
            assert after.begins.app == lesson.name
            assert _sorted(left_behind(app)) == _sorted(left_behind(tmp_path / "next"))


@pytest.mark.slow
def test_all_lessons_can_be_typed_one_after_the_other_in_one_house(tmp_path: Path) -> None:
    """One terminal, one home: before each lesson, all is as `remodel play N` lays it out."""
    with walk(CATALOG, LESSONS[0]) as way:
        for lesson in LESSONS:
            played = tmp_path / lesson.name
            play(CATALOG, lesson, played)
            assert _state(way.app) == _state(played), lesson.name
            _shows_its_pages(way, lesson)


def _shows_its_pages(way: Walk, lesson: Lesson) -> None:
    for page, text in way.typed(lesson).items():
        assert text == page.read_text(encoding="utf-8"), f"{page.name}: remodel dev walk --write"


def _state(app: Path) -> dict[str, str]:
    """Every file of an app and every database; not what Remodel remembers of them itself."""
    apart = {app / INSTANCE, kept_folder(app)}
    files = [file for file in app.rglob("*") if file.is_file() and not apart & set(file.parents)]
    texts = {file.relative_to(app).as_posix(): _text(file.read_bytes()) for file in files}
    return texts | _sorted(left_behind(app))


def _sorted(dumps: dict[str, str]) -> dict[str, str]:
    """The same, with the foreign keys of a table in one order: SQLAlchemy keeps them in a set."""
    return {name: normalised(text, Path("nowhere")) for name, text in dumps.items()}


def _text(content: bytes) -> str:
    """The text of a file, without the day on which a revision was drafted."""
    return normalised(content.decode(), Path("nowhere"))
