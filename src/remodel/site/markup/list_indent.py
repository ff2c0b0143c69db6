"""Lists: what belongs to an item may be indented as on GitHub.

Python-Markdown wants four spaces. GitHub and most writers use the width of the marker, so
that a code block under "1. " has three, and the numbers after it would run into the text.
"""

import re

from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

MARKER = re.compile(r"(?:\d+\.|[-*]) +")
WIDTH = 4


class Widen(Preprocessor):  # type: ignore[misc]
    """Moves the lines of each list item to the right, as far as Python-Markdown wants them."""

    def run(self, lines: list[str]) -> list[str]:
        """The same lines; those outside of lists, and fences at the margin, as they were."""
        done: list[str] = []
        width, fenced = 0, False
        for line in lines:
            if line.startswith("```"):
                width, fenced = 0, not fenced
            elif not fenced and line[:1].strip():
                marker = MARKER.match(line)
                if marker and width and _ends_in_paragraph(done):
                    done.append("")  # or the marker is read as a part of that paragraph
                width = len(marker[0]) if marker else 0
            inside = 0 < width < WIDTH and line.startswith(" " * width)
            done.append(" " * (WIDTH - width) + line if inside else line)
        return done


def _ends_in_paragraph(lines: list[str]) -> bool:
    """Whether the last lines are an indented paragraph with an empty line before it."""
    for line in reversed(lines):
        if not line.startswith(" "):
            return not line and line is not lines[-1]
    return False
