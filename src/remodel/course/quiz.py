"""The quiz bank: one file a lesson, whose questions each name the experiment that proves them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from remodel.course.proof import Proof, proof_of
from remodel.course.toml_file import Text, TomlStruct, read_struct, refuse_twins
from remodel.errors import CourseError


class Option(TomlStruct):
    """One answer to choose, and why it is right or not."""

    text: Text
    why: Text
    right: bool = False


@dataclass(frozen=True)
class Myth:
    """What a question of docs/myths.toml says in addition; `source` is where others say it too."""

    belief: str
    reality: str
    matters: str
    source: str


class Question(TomlStruct):
    """One question. `experiment` is `tests/experiments/test_x.py::test_y`."""

    id: Text
    kind: Literal["predict", "single"]
    ask: Text
    experiment: Text
    options: tuple[Option, ...] = msgspec.field(name="option")
    #: The keys of a myth: all four, or none.
    belief: Text | None = None
    reality: Text | None = None
    matters: Text | None = None
    source: Text | None = None

    def __post_init__(self) -> None:
        """There is something to choose, one option is right, and a myth is whole."""
        if sum(option.right for option in self.options) != 1 or len(self.options) < 2:
            raise ValueError("it needs one right option and one or more others.")
        if self.myth is None and any(self._myth_keys().values()):
            missing = next(key for key, text in self._myth_keys().items() if not text)
            raise ValueError(f"the key {missing!r} of a myth is missing.")

    def _myth_keys(self) -> dict[str, str | None]:
        return {
            "belief": self.belief,
            "reality": self.reality,
            "matters": self.matters,
            "source": self.source,
        }

    @property
    def myth(self) -> Myth | None:
        """What it says as a myth, or None where it is a question of a lesson."""
        if self.belief and self.reality and self.matters and self.source:
            return Myth(self.belief, self.reality, self.matters, self.source)
        return None

    def proof(self, root: Path) -> Proof:
        """The test that proves the answer, and what it showed; raises CourseError without one."""
        try:
            return proof_of(root, self.experiment)
        except CourseError as error:
            raise CourseError(f"{self.id}: {error}") from error


class QuestionFile(TomlStruct):
    """A file of questions."""

    questions: tuple[Question, ...] = msgspec.field(name="question", default=())


def read_quiz(file: Path) -> list[Question]:
    """The questions in `file`; raises CourseError, with the line, where one is malformed."""
    questions = read_struct(file, QuestionFile).questions
    refuse_twins(file, "question", [each.id for each in questions])
    return list(questions)


def as_markdown(question: Question, root: Path) -> Iterator[str]:
    """The question for a page: each option opens its own reason, with or without JavaScript."""
    hint = {"predict": "Commit to an answer, then open it.", "single": "Choose, then open it."}
    yield from ("", f"**{question.ask}** {hint[question.kind]}", "")
    for option in question.options:
        verdict = "Right." if option.right else "Not this one."
        yield from (
            "<details>",
            f"<summary>{inline(option.text)}</summary>",
            f"<p><strong>{verdict}</strong> {inline(option.why)}</p>",
            "</details>",
        )
    yield from ("", *question.proof(root).as_markdown())


def on_page(question: Question, bank: Path, root: Path) -> Iterator[str]:
    """The question for GitHub, between the comments that remodel.site_markup looks for."""
    yield f"<!-- quiz {bank.relative_to(root).as_posix()} {question.id} -->"
    yield from as_markdown(question, root)
    yield "<!-- /quiz -->"


def inline(text: str) -> str:
    """The same as HTML: `code` is all the Markdown that a question needs."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text.strip(), quote=False))
