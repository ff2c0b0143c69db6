"""The quiz bank: one file a lesson, whose questions each name the experiment that proves them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from remodel.errors import CourseError
from remodel.sources import symbol
from remodel.toml_table import read_toml

Kind = Literal["predict", "single"]
QUESTION = {"id", "kind", "ask", "experiment", "option"}
OPTION = {"text", "why", "right"}


@dataclass(frozen=True)
class Option:
    """One answer to choose, and why it is right or not."""

    text: str
    why: str
    right: bool


@dataclass(frozen=True)
class Question:
    """One question. `experiment` is `tests/experiments/test_x.py::test_y`."""

    id: str
    kind: Kind
    ask: str
    experiment: str
    options: tuple[Option, ...]

    def experiment_source(self, root: Path) -> str:
        """The test that proves the answer; raises CourseError where there is none."""
        file, _, test = self.experiment.partition("::")
        place = root / file
        if not place.is_file() or not test:
            raise CourseError(f"{self.id}: no experiment {self.experiment!r}. Write that test.")
        return symbol(place.read_text(encoding="utf-8"), test, file)


def read_quiz(file: Path) -> list[Question]:
    """The questions in `file`; raises CourseError where one is incomplete."""
    questions = [_question(file, told) for told in read_toml(file).get("question", [])]
    ids = [question.id for question in questions]
    for each in ids:
        if ids.count(each) > 1:
            raise CourseError(f"{file}: two questions are called {each!r}.")
    return questions


def _question(file: Path, told: dict[str, Any]) -> Question:
    if told.keys() != QUESTION:
        wrong = ", ".join(sorted(told.keys() ^ QUESTION))
        raise CourseError(f"{file}: {told.get('id', 'a question')}: missing or unknown: {wrong}.")
    options = tuple(_option(file, told["id"], each) for each in told["option"])
    if sum(option.right for option in options) != 1 or len(options) < 2:
        raise CourseError(f"{file}: {told['id']} needs one right option and one or more others.")
    if told["kind"] not in ("predict", "single"):
        raise CourseError(f"{file}: {told['id']}: the kind {told['kind']!r} is unknown.")
    return Question(told["id"], told["kind"], told["ask"], told["experiment"], options)


def _option(file: Path, question: str, told: dict[str, Any]) -> Option:
    if not {"text", "why"} <= told.keys() <= OPTION or not told["why"].strip():
        raise CourseError(f"{file}: {question}: an option has text and why, and may be right.")
    return Option(told["text"], told["why"], told.get("right", False))


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
    yield from ("", '<details markdown="1">', "<summary>See it happen</summary>", "")
    yield f'```python title="{question.experiment.partition("::")[0]}"'
    yield from (question.experiment_source(root), "```", "", "</details>", "")


def inline(text: str) -> str:
    """The same as HTML: `code` is all the Markdown that a question needs."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text.strip(), quote=False))
