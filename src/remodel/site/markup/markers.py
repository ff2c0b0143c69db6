"""Markers: a line in a page that gives way to what the site shows around a README of the course.

<!-- about lesson 4 -->     <!-- more of lesson 4.1 -->
<!-- about exercise SLUG -->     <!-- answers SLUG -->
"""

import re
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

from remodel.course.catalog import Catalog
from remodel.course.fences import outside_fences
from remodel.site.markup.about import about_exercise, about_lesson, more_of_lesson, numbered
from remodel.site.markup.answers import answers

MARKER = re.compile(
    r"<!-- (?P<what>about lesson|more of lesson|about exercise|answers) (?P<name>[\w.-]+) -->"
)
MAKERS = {
    "about lesson": about_lesson,
    "more of lesson": more_of_lesson,
    "about exercise": about_exercise,
    "answers": answers,
}
#: A section of an exercise's README that the line above it has said already.
REPEATED = "## Minutes"


class Markers(Preprocessor):  # type: ignore[misc]
    """Puts Markdown, made from the course as it is now, in the place of each marker."""

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self._root = root

    def run(self, lines: list[str]) -> list[str]:
        """The same lines; raises CourseError where a marker names what is not there."""
        return list(self._replaced(lines))

    def _replaced(self, lines: list[str]) -> Iterator[str]:
        of_exercise = repeated = False
        number = ""  # of a lesson whose heading is still to come
        for line, prose in outside_fences(lines):
            if prose and number and line.startswith("# "):
                line, number = numbered(line, number), ""
            marker = MARKER.fullmatch(line.strip()) if prose else None
            if prose and line.startswith("## "):
                repeated = of_exercise and line.strip() == REPEATED
            if marker:
                of_exercise = of_exercise or marker["what"] == "about exercise"
                repeated = False
                number = marker["name"] if marker["what"].endswith("lesson") else ""
                made = MAKERS[marker["what"]](Catalog(self._root), marker["name"])
                yield from ("", *made, "")
            elif not repeated:
                yield line
