"""Diagrams: an image alone on its line becomes the drawing itself, which follows the theme."""

import re
from pathlib import Path

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

from remodel.course.fences import outside_fences
from remodel.course.layout import Layout
from remodel.errors import CourseError

DIAGRAM = re.compile(r"!\[[^\]]*\]\((?:\.\./)*(?:docs/)?((?:diagrams|drawings)/[\w-]+\.svg)\)\s*")


class Figures(Preprocessor):  # type: ignore[misc]
    """Puts the SVG into the page. As an image it would know neither colours nor text size."""

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self._docs = Layout(root).docs

    def run(self, lines: list[str]) -> list[str]:
        """The same lines; raises CourseError where a diagram has not been drawn."""
        done: list[str] = []
        for line, prose in outside_fences(lines):
            diagram = DIAGRAM.fullmatch(line) if prose else None
            done += ["", self._figure(self._docs / diagram[1]), ""] if diagram else [line]
        return done

    def _figure(self, file: Path) -> str:
        if not file.is_file():
            raise CourseError(f"{file} is missing. Draw it with `remodel dev diagrams`.")
        svg = file.read_text(encoding="utf-8").strip()
        stashed = self.md.htmlStash.store(f'<figure class="diagram">{svg}</figure>')
        return str(stashed)
