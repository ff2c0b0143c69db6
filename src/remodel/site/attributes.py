"""Marks in .gitattributes which files of a lesson are carried forward: a review folds them up."""

from collections.abc import Iterator
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.layout import APP_FILES, APP_TREES
from remodel.course.lesson import Lesson
from remodel.course.stages import stages

#: What stands above is written by hand, what stands below by `remodel dev refresh`.
HEADING = "# Carried forward from the lesson before, but for what its lesson.toml declares:\n"


def carried_attributes(catalog: Catalog) -> dict[Path, str]:
    """The text of .gitattributes, as it should be; nothing where there is none."""
    place = catalog.layout.git_attributes
    if not place.exists():
        return {}
    by_hand = place.read_text(encoding="utf-8").partition(HEADING)[0]
    lines = [line for before, lesson in stages(catalog) if before for line in _lines(lesson)]
    return {place: "\n".join([by_hand + HEADING.rstrip(), *lines, ""])}


def _lines(lesson: Lesson) -> Iterator[str]:
    for tree in (*(f"{each}/**" for each in APP_TREES), *APP_FILES):
        yield f"lessons/{lesson.name}/{tree} linguist-generated"
    for declared in lesson.changes:
        yield f"lessons/{lesson.name}/{declared} -linguist-generated"
