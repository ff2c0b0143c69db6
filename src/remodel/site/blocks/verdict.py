"""The block of cog that shows a real mistake and what the grader says to it."""

from collections.abc import Iterator

from remodel.course.catalog import Catalog
from remodel.course.published import published_verdicts
from remodel.errors import CourseError


def verdict(catalog: Catalog, exercise: str, answer: str) -> Iterator[str]:
    """What the wrong `answer` to `exercise` does, and the words with which it is refused.

    The words are those of the last grading, in docs/verdicts.
    """
    wrong = published_verdicts(catalog.layout, exercise)["wrong"]
    if answer not in wrong:
        raise CourseError(f"{exercise} has no wrong answer {answer!r} in docs/verdicts.")
    shown = wrong[answer]
    yield from (f"The mistake: {_as_clause(shown['what'])} The verdict:", "")
    yield from (f'```text title="remodel check {exercise}"', *shown["message"], "```")


def _as_clause(what: str) -> str:
    """`Took the draft.` as the end of a sentence: took the draft."""
    return what[:1].lower() + what[1:]
