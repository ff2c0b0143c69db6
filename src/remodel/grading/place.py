"""Where a message points: the learner's file, and the line in it, as near as can be known."""

import ast
import re

from remodel.course.layout import APP
from remodel.database.values import WRITES, Compared
from remodel.grading.answer import Answer
from remodel.grading.nearest_place import NOWHERE, Place, nearest_place
from remodel.grading.own_place import OwnLine, is_given, own_place
from remodel.grading.project.project import Project
from remodel.grading.project.rollout import ReleaseFailed
from remodel.grading.project.stages import who_made
from remodel.grading.refusal import ENDS, CommandFailed, Refused
from remodel.grading.release_places import place_of_outcome, place_of_request
from remodel.grading.revision_lines import find_line, mentions
from remodel.history import VERSIONS


def place_of(
    project: Project, error: BaseException, message: tuple[str, ...], compared: list[Compared]
) -> Place:
    """The line that did what `error` tells, or else where to begin to look.

    Nowhere in an answer in which nothing was changed.
    """
    where = _line_that_did_it(project, error, compared)
    if where != NOWHERE or project.answer.is_unchanged:
        return where
    if isinstance(error, ReleaseFailed):
        return place_of_request(project, error)
    text = " ".join(message)
    if project.released:
        return place_of_outcome(project, text)
    if project.replayed and not any(" stamp " in command for _, command, _ in project.replayed):
        where = place_of_outcome(project, text)  # no bookmark was moved: a revision has done it
    return where if where != NOWHERE else nearest_place(project, error, message)


def _line_that_did_it(project: Project, error: BaseException, compared: list[Compared]) -> Place:
    blamed = _blamed(project, error)
    if blamed:
        return blamed
    if isinstance(error, Refused) and error.where:
        if isinstance(error, CommandFailed) and not _is_theirs(project, error.where):
            return NOWHERE  # it came to light in a file that was given, and lies elsewhere
        return error.where, _source(project.answer, error.where)
    words, function = _words(error, compared)
    if isinstance(error, Refused) and error.in_app:
        return _at(own_place(project.answer, words, APP))
    if not words:
        return NOWHERE if not isinstance(error, CommandFailed) else _was_run(project, error)
    if not _is_theirs(project, f"{VERSIONS}0001.py"):
        return _at(own_place(project.answer, words))
    suspects = _suspects(project, error, compared, function or project.direction)
    place = find_line(suspects, words)
    if place is None and words == ENDS:  # in a function that the revision calls
        own = [r for r in project.own_revisions if _is_theirs(project, r.file)]
        place = find_line([(r.file, r.tree) for r in own], words)
    if place is None:
        return NOWHERE
    file, line, source = place
    of_a_value = {*WRITES} <= {*words} and words[0] not in WRITES
    if of_a_value and len(project.own_revisions) > 1 and not mentions(source, words[0]):
        return NOWHERE  # of several revisions, one left out what would have written it
    return f"{file}:{line}", source


def _blamed(project: Project, error: BaseException) -> Place | None:
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


def _at(place: OwnLine | None) -> Place:
    return (f"{place.file}:{place.number}", place.source) if place else NOWHERE


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


def _was_run(project: Project, error: CommandFailed) -> Place:
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
