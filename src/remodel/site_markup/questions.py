"""Questions: where GitHub opens one reason after another, the site has a form.

Cog writes the GitHub form between two comments that say which question of which bank it is.
Here, what lies between them gives way to a form made from the bank.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]
from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

from remodel.errors import CourseError
from remodel.quiz import read_quiz
from remodel.site_markup.fences import outside_fences
from remodel.site_markup.question_form import question_form

BEGIN = re.compile(r"<!-- quiz (\S+) ([\w-]+) -->")
END = "<!-- /quiz -->"


class Questions(Preprocessor):  # type: ignore[misc]
    """Replaces each marked region by its form.

    It raises CourseError for a question that is malformed. That ends the build, as an error
    inside of a custom fence would not: SuperFences swallows those.
    """

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self._root, self._highlight = root, Highlight(md)

    def run(self, lines: list[str]) -> list[str]:
        """The same lines, with a form in place of each region."""
        return list(self._without_regions(lines))

    def _without_regions(self, lines: list[str]) -> Iterator[str]:
        inside = ""
        for line, prose in outside_fences(lines):
            if inside:
                inside = "" if line == END else inside
                continue
            found = BEGIN.fullmatch(line.strip()) if prose else None
            if found:
                inside = line
                yield from ("", self._form(self._root / found[1], found[2]), "")
            else:
                yield line
        if inside:
            raise CourseError(f"{inside} has no {END}. Run `remodel dev refresh`.")

    def _form(self, bank: Path, name: str) -> str:
        for question in read_quiz(bank):
            if question.id == name:
                form = question_form(question, self._root, self._highlight)
                return str(self.md.htmlStash.store(form))
        raise CourseError(f"{bank}: no question is called {name!r}.")
