"""From a test's end to a Check: what happened, why it matters, where to look."""

import textwrap
from typing import Any

import pytest

from remodel.course.messages import held_words, read_messages
from remodel.database.sqlite import UnreadableDatabase
from remodel.database.values import Compared
from remodel.errors import RemodelError
from remodel.grading.nearest_place import NOWHERE
from remodel.grading.place import place_of
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.results import Check
from remodel.grading.session import Grading


def describe(
    item: Any,
    call: pytest.CallInfo[None],
    report: pytest.TestReport,
    grading: Grading,
    compared: list[Compared],
) -> Check:
    """The Check for one finished test."""
    guard = item.get_closest_marker("guard") is not None
    points = item.get_closest_marker("points")
    name = item.originalname or item.name
    about = {
        "name": name,
        "title": title_of(item),
        "guard": guard or name in item.callspec.params["project"].exercise.standard.guards,
        "points": points.args[0] if points else 1,
        "needs": tuple(name for marker in item.iter_markers("needs") for name in marker.args),
    }
    if report.passed:
        return Check(status="pass", **about)
    if report.skipped:
        return Check(status="skipped", message=(_reason(report),), **about)
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, RemodelError):
        return Check(status="error", message=(str(error),), **about)
    if not isinstance(error, AssertionError | UnreadableDatabase):
        return Check(status="error", message=_own_fault(report), **about)
    return Check(status="fail", **about, **_failure(item, error, grading, compared))


def _failure(
    item: Any, error: BaseException, grading: Grading, compared: list[Compared]
) -> dict[str, Any]:
    """What a Check says of a check that failed."""
    belief, explanation = _why(item, error, grading)
    message = _message(error, compared)
    where, source = _where(item, error, message, compared)
    output = getattr(error, "output", "")
    return {
        "message": message,
        "where": where,
        "source": source,
        "misconception": belief,
        "explanation": explanation,
        "output": output,
        "known_error": _known_error(grading, output),
    }


def _known_error(grading: Grading, output: str) -> str:
    """The words of `output` that the course's page of messages explains, or ""."""
    file = grading.catalog.layout.error_messages
    return held_words(output, read_messages(file)) if output and file.is_file() else ""


def title_of(item: Any) -> str:
    """What should be true, as the check itself says it."""
    docstring = (item.obj.__doc__ or "").strip().splitlines()
    name = (item.originalname or item.name).removeprefix("test_")
    return docstring[0] if docstring else name.replace("_", " ").capitalize() + "."


def _reason(report: pytest.TestReport) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)


def _own_fault(report: pytest.TestReport) -> tuple[str, ...]:
    return (
        "The grader itself failed; this says nothing about your answer.",
        *str(report.longrepr).splitlines()[-12:],
    )


def _why(item: Any, error: BaseException, grading: Grading) -> tuple[str | None, str | None]:
    """The belief behind a failure and the sentence on it: who has changed nothing shows none."""
    project = item.funcargs.get("project")
    if isinstance(project, Project) and project.answer.is_unchanged:
        return None, _UNCHANGED_ELSEWHERE if project.answer.not_taken else _UNCHANGED
    marker = item.get_closest_marker("misconception")
    belief = getattr(error, "misconception", None) or (str(marker.args[0]) if marker else None)
    return belief, grading.catalog.misconceptions.get(belief or "")


_UNCHANGED = "You have changed nothing yet."
_UNCHANGED_ELSEWHERE = "You have changed nothing yet of what this exercise takes."


def _message(error: BaseException, compared: list[Compared]) -> tuple[str, ...]:
    if isinstance(error, Refused):
        return error.lines
    if compared:
        return tuple(compared[-1].lines)
    if isinstance(error, UnreadableDatabase):
        return (f"{str(error)[0].upper()}{str(error)[1:]}.",)
    # An assert's own sentence, or the comparison that pytest wrote out.
    text = str(error).split("\nassert ")[0].strip()
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple(textwrap.shorten(line, 200) for line in lines[:3]) or ("(no message)",)


def _where(
    item: Any, error: BaseException, message: tuple[str, ...], compared: list[Compared]
) -> tuple[str | None, str | None]:
    project = item.funcargs.get("project")
    return place_of(project, error, message, compared) if isinstance(project, Project) else NOWHERE
