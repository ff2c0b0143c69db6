"""The box for what loses data: GitHub's own `> [!CAUTION]`, which the site gives a title."""

from collections.abc import Iterator

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

from remodel.course.fences import outside_fences

CAUTION, TITLE = "> [!CAUTION]", "This loses data"


class Cautions(Preprocessor):  # type: ignore[misc]
    """Makes an admonition of each such quotation; there is this one kind of it."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)

    def run(self, lines: list[str]) -> list[str]:
        """The same lines, with the boxes as Python-Markdown writes them."""
        return list(self._boxed(lines))

    def _boxed(self, lines: list[str]) -> Iterator[str]:
        inside = False
        for line, prose in outside_fences(lines):
            if prose and line.strip() == CAUTION:
                inside = True
                yield f'!!! loses "{TITLE}"'
            elif inside and line.startswith(">"):
                yield f"    {line.removeprefix('>').strip()}".rstrip()
            else:
                if inside and line.strip():
                    yield ""
                inside = False
                yield line
