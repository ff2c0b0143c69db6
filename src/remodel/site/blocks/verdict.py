"""The block of cog that shows a real mistake and what the grader says to it."""

import json
from collections.abc import Iterator
from typing import Any

from remodel.course.catalog import Catalog
from remodel.errors import CourseError


def verdict(catalog: Catalog, exercise: str, answer: str) -> Iterator[str]:
    """What the wrong `answer` to `exercise` does, and the words with which it is refused.

    The words are those of the last grading, in docs/verdicts.
    """
    wrong = _wrong(catalog, exercise)
    if answer not in wrong:
        raise CourseError(f"{exercise} has no wrong answer {answer!r} in docs/verdicts.")
    shown = wrong[answer]
    yield from (f"The mistake: {_as_clause(shown['what'])} The verdict:", "")
    yield from (f'```text title="remodel check {exercise}"', *shown["message"], "```")


def _wrong(catalog: Catalog, exercise: str) -> dict[str, Any]:
    file = catalog.layout.verdicts / f"{exercise}.json"
    if not file.is_file():
        raise CourseError(f"{file} is missing. Run `remodel dev check {exercise} --write`.")
    wrong: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["wrong"]
    return wrong


def _as_clause(what: str) -> str:
    """`Took the draft.` as the end of a sentence: took the draft."""
    return what[:1].lower() + what[1:]
