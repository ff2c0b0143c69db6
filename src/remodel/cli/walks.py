"""Walks through lessons: a page typed into a terminal, in the app with which the lesson begins."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.lesson import Lesson
from remodel.playground.lesson_app import play
from remodel.scratch import scratch
from remodel.site.walk.blocks import typed_blocks
from remodel.site.walk.terminal import Terminal, environment
from remodel.site.walk.walk import walked


def to_walk(catalog: Catalog, names: Sequence[str] = ()) -> list[Lesson]:
    """The lessons that `names` name; without names, those whose page has something to type."""
    if names:
        return [catalog.lesson(name) for name in names]
    return [each for each in catalog.lessons.values() if any(typed_blocks(_page(each)))]


@contextmanager
def walk(catalog: Catalog, lesson: Lesson) -> Iterator[tuple[str, Path]]:
    """The text of the lesson's page as a terminal fills it in, and the app at the end of it."""
    with scratch() as home:
        app = home / "house"
        play(catalog, lesson, app)
        with Terminal(app, environment(home, REMODEL_COURSE=str(catalog.root))) as terminal:
            yield walked(_page(lesson), terminal, app), app


def _page(lesson: Lesson) -> str:
    return lesson.page.read_text(encoding="utf-8")
