"""A question that was drawn from a family, and whose right answer a run has shown."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from remodel.errors import CourseError


class ShownBlock(msgspec.Struct, frozen=True):
    """A part of the question that is set in columns: a table, a revision, the commands."""

    title: str
    text: str
    language: str = "text"


class DrawnOption(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is there afterwards, in lines, or what somebody expects to be there."""

    text: str
    why: str
    #: What whoever chooses it believes, by its id; empty for the right one.
    belief: str = ""

    @property
    def right(self) -> bool:
        """Whether it is what the run has left."""
        return not self.belief


class DrawnQuestion(msgspec.Struct, frozen=True):
    """One question of a family, whole: nothing has to be run to ask it."""

    family: str
    seed: int
    lesson: str
    title: str
    about: str
    blocks: tuple[ShownBlock, ...]
    ask: str
    options: tuple[DrawnOption, ...]

    @property
    def id(self) -> str:
        """The family with the number of the draw."""
        return f"{self.family}-{self.seed}"

    @property
    def beliefs(self) -> tuple[str, ...]:
        """What its wrong options can show."""
        return tuple(dict.fromkeys(each.belief for each in self.options if each.belief))


def drawn_text(questions: Sequence[DrawnQuestion]) -> str:
    """The questions for a file, a line each."""
    lines = (msgspec.json.encode(each).decode() for each in questions)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def read_drawn(file: Path) -> list[DrawnQuestion]:
    """The questions in `file`; raises CourseError where it is not there or damaged."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[DrawnQuestion])
    except (OSError, msgspec.DecodeError) as error:
        raise CourseError(f"{file}: {error}. Run `remodel dev questions --write`.") from error
