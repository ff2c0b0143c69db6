"""From a test's end to a Check: what happened, why it matters, where to look."""

import ast
import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from remodel.course.messages import held_words, read_messages
from remodel.database.sqlite import UnreadableDatabase
from remodel.database.values import WRITES, Compared
from remodel.errors import RemodelError
from remodel.grading.answer import Answer
from remodel.grading.own_place import OwnLine, is_given, own_place
from remodel.grading.project.project import Project
from remodel.grading.project.stages import who_made
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.results import Check
from remodel.grading.session import Grading
from remodel.history import VERSIONS


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
    belief, explanation = _why(item, error, grading)
    where, source = _where(item, error, compared)
    return Check(
        status="fail",
        message=_message(error, compared),
        where=where,
        source=source,
        misconception=belief,
        explanation=explanation,
        output=getattr(error, "output", ""),
        known_error=_known_error(grading, getattr(error, "output", "")),
        **about,
    )


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
    item: Any, error: BaseException, compared: list[Compared]
) -> tuple[str | None, str | None]:
    project = item.funcargs.get("project")
    if not isinstance(project, Project):
        return None, None
    blamed = _blamed(project, error)
    if blamed:
        return blamed
    if isinstance(error, Refused) and error.where:
        if isinstance(error, CommandFailed) and not _is_theirs(project, error.where):
            return None, None  # it came to light in a file that was given, and lies elsewhere
        return error.where, _source(project.answer, error.where)
    words, function = _words(error, compared)
    if not words:
        return (None, None) if not isinstance(error, CommandFailed) else _was_run(project, error)
    if not _is_theirs(project, f"{VERSIONS}0001.py"):
        return _at(own_place(project.answer, words))
    suspects = _suspects(project, error, compared, function or project.direction)
    place = _find_line(suspects, words)
    if place is None:
        return None, None
    file, line, source = place
    return f"{file}:{line}", source


def _blamed(project: Project, error: BaseException) -> tuple[str | None, str | None] | None:
    """The learner's line behind an error that came to light in a line that was given, if one is."""
    models = project.exercise.changes_by == "models"
    if not models or not isinstance(error, CommandFailed):
        return None
    if error.where and not is_given(project.answer, error.where):
        return None
    # 'lamp.room_id': the column finds the line, among those of its table.
    quoted = re.findall(r"'([\w.]+)'", " ".join(error.lines))
    words = tuple(word for each in quoted for word in reversed(each.split(".")))
    place = own_place(project.answer, words)
    return _at(place) if place else None


def _at(place: OwnLine | None) -> tuple[str | None, str | None]:
    return (f"{place.file}:{place.number}", place.source) if place else (None, None)


def _suspects(
    project: Project, error: BaseException, compared: list[Compared], function: str
) -> list[tuple[str, ast.AST]]:
    """What the learner wrote that may have done it: files, and their code."""
    new = [r for r in project.new_revisions if _is_theirs(project, r.file)]
    ran = error.revisions if isinstance(error, Refused) else ()
    values = error.values if isinstance(error, Refused) else compared[-1].values
    if not ran and values and len(new) > 1:
        ran = who_made(project, *values)
    suspects = [r for r in new if not ran or r.id in ran]
    return [(r.file, body) for r in suspects for body in r.functions(function)]


def _is_theirs(project: Project, where: str) -> bool:
    return project.exercise.accepts(where.partition(":")[0])


def _words(error: BaseException, compared: list[Compared]) -> tuple[tuple[str, ...], str | None]:
    if isinstance(error, Refused):
        return error.words, error.function
    if compared:
        return compared[-1].words, None
    return (), None


def _was_run(project: Project, error: CommandFailed) -> tuple[str | None, str | None]:
    """The file of the revision that Alembic said it was running, or else the newest, if any."""
    runs = re.findall(r"Running (?:upgrade \S* -> (\w+)|downgrade (\w+) ->)", error.output)
    running = project.history.get("".join(runs[-1])) if runs else None
    if running is None and error.migrates:
        running = next(reversed(project.new_revisions), None)
    return (running.file if running else None), None


def _source(answer: Answer, where: str) -> str | None:
    match = re.fullmatch(r"(.+):(\d+)", where)
    if not match:
        return None
    lines = answer.text(match[1]).splitlines()
    number = int(match[2])
    return lines[number - 1].strip() if 0 < number <= len(lines) else None


def _find_line(
    code: list[tuple[str, ast.AST]], words: tuple[str, ...]
) -> tuple[str, int, str] | None:
    """Where `code` mentions `words`: (file, line number, source of that call), or None.

    The call that mentions most of them wins, among those with the first word; where none has
    it, among those with the second, and so on. A value was last changed by the last call that
    writes.
    """
    calls = [(file, line, source) for file, body in code for line, source in sorted(_calls(body))]
    if {*WRITES} & {*words}:
        about = [word for word in words if word not in WRITES]
        writing = [c for c in calls if _score(c[2], WRITES) and _score(c[2], about)]
        if writing:
            return max(reversed(writing), key=lambda call: _score(call[2], about))
    for needed in words:
        with_it = [call for call in calls if _mentions(call[2], needed)]
        if with_it:
            return max(with_it, key=lambda call: (_score(call[2], words), -len(call[2])))
    return None


def _score(source: str, words: Iterable[str]) -> int:
    """How many of `words` it mentions."""
    return sum(_mentions(source, word) for word in words)


def _calls(body: ast.AST) -> Iterator[tuple[int, str]]:
    """The calls that do something: line number and source."""
    for call in (node for node in ast.walk(body) if isinstance(node, ast.Call)):
        source = ast.unparse(call)
        # sa.Column() and op.f() only name something; the call around them does the work.
        if not source.startswith(("sa.", "op.f(")) and "\n" not in source:
            yield call.lineno, source


def _mentions(source: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source) is not None
