"""The quiz bank: one file a lesson, whose questions each name the experiment that proves them."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from remodel.course.python_source import with_constants
from remodel.course.toml_file import line_of, read_toml
from remodel.errors import CourseError

Kind = Literal["predict", "single"]
QUESTION = {"id", "kind", "ask", "experiment", "option"}
OPTION = {"text", "why", "right"}
MYTH_KEYS = ("belief", "reality", "matters", "source")
MYTH = set(MYTH_KEYS)


@dataclass(frozen=True)
class Option:
    """One answer to choose, and why it is right or not."""

    text: str
    why: str
    right: bool


@dataclass(frozen=True)
class Myth:
    """What a question of docs/myths.toml says besides; `source` is where others say it too."""

    belief: str
    reality: str
    matters: str
    source: str


@dataclass(frozen=True)
class Question:
    """One question. `experiment` is `tests/experiments/test_x.py::test_y`."""

    id: str
    kind: Kind
    ask: str
    experiment: str
    options: tuple[Option, ...]
    myth: Myth | None = None

    def experiment_source(self, root: Path) -> str:
        """The test that proves the answer, with its constants; raises CourseError without one."""
        file, _, test = self.experiment.partition("::")
        place = root / file
        if not place.is_file() or not test:
            raise CourseError(f"{self.id}: no experiment {self.experiment!r}. Write that test.")
        return with_constants(place.read_text(encoding="utf-8"), test, file)


def read_quiz(file: Path) -> list[Question]:
    """The questions in `file`; raises CourseError, with the line, where one is malformed."""
    told = read_toml(file).get("question", [])
    text = file.read_text(encoding="utf-8")
    if not isinstance(told, list):
        raise CourseError(f"{file}: write each question under [[question]].")
    questions: list[Question] = []
    for number, each in enumerate(told):
        try:
            made = _question(each)
            if made.id in [known.id for known in questions]:
                raise CourseError("another question is called so, too.")
        except CourseError as error:
            name = each.get("id", f"question {number + 1}")
            raise CourseError(
                f"{file}:{line_of(text, 'question', number)}: {name}: {error}"
            ) from error
        questions.append(made)
    return questions


def _question(told: dict[str, Any]) -> Question:
    keys = QUESTION | MYTH if told.keys() & MYTH else QUESTION
    _keys(told, keys)
    _texts(told, keys - {"option"})
    if told["kind"] not in get_args(Kind):
        raise CourseError(f"the kind {told['kind']!r} is unknown.")
    if not isinstance(told["option"], list) or not all(isinstance(o, dict) for o in told["option"]):
        raise CourseError("write each option under [[question.option]].")
    options = tuple(_option(each) for each in told["option"])
    if sum(option.right for option in options) != 1 or len(options) < 2:
        raise CourseError("it needs one right option and one or more others.")
    myth = Myth(*(told[key] for key in MYTH_KEYS)) if keys >= MYTH else None
    return Question(told["id"], told["kind"], told["ask"], told["experiment"], options, myth)


def _option(told: dict[str, Any]) -> Option:
    _keys({"right": False, **told}, OPTION)
    _texts(told, OPTION - {"right"})
    if not isinstance(told.get("right", False), bool):
        raise CourseError("`right` is true, or left out.")
    return Option(told["text"], told["why"], told.get("right", False))


def _keys(told: dict[str, Any], wanted: set[str]) -> None:
    if told.keys() != wanted:
        raise CourseError(f"missing or unknown: {', '.join(sorted(told.keys() ^ wanted))}.")


def _texts(told: dict[str, Any], keys: set[str]) -> None:
    for key in sorted(keys):
        if not isinstance(told[key], str) or not told[key].strip():
            raise CourseError(f"{key!r} must be a text, and not {told[key]!r}.")


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


def on_page(question: Question, bank: Path, root: Path) -> Iterator[str]:
    """The question for GitHub, between the comments that remodel.site_markup looks for."""
    yield f"<!-- quiz {bank.relative_to(root).as_posix()} {question.id} -->"
    yield from as_markdown(question, root)
    yield "<!-- /quiz -->"


def inline(text: str) -> str:
    """The same as HTML: `code` is all the Markdown that a question needs."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text.strip(), quote=False))
