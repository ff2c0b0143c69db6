"""Marked regions: where GitHub shows a fold or a table, the site has something to use.

Cog writes what GitHub shows between two comments that say what it is and which file it comes from.
Here, what lies between them gives way to HTML, or to Markdown, made from that file.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]
from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

from remodel.course.cards import read_cards
from remodel.course.drawn import read_drawn
from remodel.course.fences import outside_fences
from remodel.course.quiz import read_quiz
from remodel.errors import CourseError
from remodel.site.markup.card_table import card_table
from remodel.site.markup.compared import compared
from remodel.site.markup.drawn_form import drawn_forms
from remodel.site.markup.engine_tabs import engine_tabs
from remodel.site.markup.question_form import question_form
from remodel.site.markup.stepper import stepper
from remodel.site.transcripts.film import read_recording

KINDS = ("quiz", "cards", "stepper", "engines", "drawn", "compared")
BEGIN = re.compile(rf"<!-- (?P<kind>{'|'.join(KINDS)}) (?P<file>\S+?)(?: (?P<name>[\w-]+))? -->")
END = {kind: f"<!-- /{kind} -->" for kind in KINDS}


class Regions(Preprocessor):  # type: ignore[misc]
    """Replaces each marked region.

    It raises CourseError for a question or card that is malformed. That ends the build, as an
    error inside of a custom fence would not: SuperFences swallows those.
    """

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self._root, self._highlight = root, Highlight(md)

    def run(self, lines: list[str]) -> list[str]:
        """The same lines, with what was made in place of each region."""
        return list(self._without_regions(lines))

    def _without_regions(self, lines: list[str]) -> Iterator[str]:
        end = ""
        for line, prose in outside_fences(lines):
            opening = BEGIN.fullmatch(line.strip()) if prose else None
            if end:
                end = "" if line == end else end
            elif opening:
                end = END[opening["kind"]]
                yield from ("", *self._made(**opening.groupdict()), "")
            else:
                yield line
        if end:
            raise CourseError(f"A region has no {end}. Run `remodel dev refresh`.")

    def _made(self, kind: str, file: str, name: str) -> Iterable[str]:
        bank = self._root / file
        if kind == "engines":
            return engine_tabs(self._root, bank, name)
        if kind == "compared":
            return compared(bank, name)
        return [str(self.md.htmlStash.store(self._html(kind, bank, name)))]

    def _html(self, kind: str, bank: Path, name: str) -> str:
        if kind == "cards":
            return card_table(read_cards(bank))
        if kind == "stepper":
            return stepper(read_recording(bank), bank.stem)
        if kind == "drawn":
            return drawn_forms(read_drawn(bank), self._highlight)
        for question in read_quiz(bank):
            if question.id == name:
                return question_form(question, self._root, self._highlight)
        raise CourseError(f"{bank}: no question is called {name!r}.")
