"""A text file that a learner fills in: a line for each thing found, its words between bars."""

from dataclasses import dataclass

from remodel.course.decoding import plain_blanks
from remodel.grading.findings import UNREAD
from remodel.grading.refusal import Refused


@dataclass(frozen=True)
class FilledLine:
    """One line: where it stands, such as `findings.txt:7`, and its words, in small letters."""

    place: str
    words: tuple[str, ...]

    def refused(self, *sentences: str, misconception: str | None = None) -> Refused:
        """Why this line is refused, with its place."""
        return Refused(*sentences, where=self.place, misconception=misconception)


def filled_in(text: str, file: str, columns: tuple[str, ...]) -> list[FilledLine]:
    """The lines of `text` with a word for each of `columns`; raises Refused where one has others.

    Blank lines and those that begin with # say nothing. As in a table of Markdown, a bar may stand
    at both ends, too.
    """
    lines = []
    for number, line in enumerate(plain_blanks(text).splitlines(), 1):
        filled = line.strip().lower()
        if not filled or filled.startswith("#"):
            continue
        parts = filled.strip("|").split("|")
        words = tuple(" ".join(part.split()).strip("`") for part in parts)
        read = FilledLine(f"{file}:{number}", words)
        if len(words) != len(columns):
            form = " | ".join(columns)
            raise read.refused(f"This line is not of the form: {form}", misconception=UNREAD)
        lines.append(read)
    return lines
