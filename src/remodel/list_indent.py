"""A Markdown extension for the site: what belongs to a list item may be indented as on GitHub.

Python-Markdown wants four spaces. GitHub and most writers use the width of the marker, so
that a code block under "1. " has three, and the numbers after it would run into the text.
"""

import re

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

MARKER = re.compile(r"(?:\d+\.|[-*]) +")
WIDTH = 4


class Widen(Preprocessor):  # type: ignore[misc]
    """Moves the lines of each list item to the right, as far as Python-Markdown wants them."""

    def run(self, lines: list[str]) -> list[str]:
        """The same lines; those outside of lists, and fences at the margin, as they were."""
        done: list[str] = []
        marker, fenced = 0, False
        for line in lines:
            if line.startswith("```"):
                marker, fenced = 0, not fenced
            elif not fenced and line.strip() and not line.startswith(" "):
                found = MARKER.match(line)
                marker = len(found[0]) if found else 0
            inside = 0 < marker < WIDTH and line.startswith(" " * marker)
            done.append(" " * (WIDTH - marker) + line if inside else line)
        return done


class ListIndent(Extension):  # type: ignore[misc]
    """Registers Widen after snippets have been included and before fences are taken out."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Hand the preprocessor to `md`."""
        md.preprocessors.register(Widen(md), "list-indent", 28)


def makeExtension(**options: object) -> ListIndent:
    """What Python-Markdown looks for in a module."""
    return ListIndent(**options)
