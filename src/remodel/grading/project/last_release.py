"""The last release in use: its app on the databases that the next release has migrated.

A release is never replaced everywhere at once. So the app that was there before is explored on the
databases that it knows, and the same requests go to it on those that the answer has made of them.
"""

import re
from typing import TYPE_CHECKING

from remodel.course.exercise import Exercise
from remodel.database.values import Row, Rows, show_both, show_key
from remodel.errors import CourseError
from remodel.grading.answer import Answer
from remodel.grading.project.app_use import explored, refuse_other_answers, repeated, sent_in
from remodel.grading.project.state import State
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.workspace.workspace import Databases
from remodel.runner.database_refusals import refused_at
from remodel.runner.visitor import Request

if TYPE_CHECKING:
    from remodel.grading.project.project import Project

IN_IT = "In the last release,"


def last_release(exercise: Exercise) -> Answer:
    """The app as it served before: as given, but for what was given of the next release."""
    ahead = exercise.standard.last_release or ()
    before = {f: c for f, c in exercise.stage.app_files().items() if f in ahead}
    files = {f: c for f, c in exercise.given.items() if f not in ahead}
    return Answer(exercise, "last release", {**files, **before})


def use_last_release(project: "Project") -> None:
    """Migrate the databases of `project`, and use the app of the last release on them.

    Refuses where it answers otherwise than it did before, or where what it wrote is not there.
    """
    app, before = last_release(project.exercise), project.databases
    wanted, requests = explored(project, app, before)
    _must_have_worked(project, requests)
    project.finish()
    outcome = repeated(project, app, requests)
    try:
        refuse_other_answers(project, requests, outcome)
    except Refused as refused:
        last = len(sent_in(outcome, project.runs.mark)) - 1
        raise _not_as_before(refused, refused_at(last, outcome.completed.stderr)) from None
    _refuse_what_is_not_there(project, before, wanted, outcome.databases)


def _not_as_before(refused: Refused, refusal: str) -> Refused:
    """The same of the last release, with the `refusal` of the database."""
    sentence, *more = refused.lines
    if refusal and not isinstance(refused, CommandFailed):  # which shows the error already
        more = [f"  {refusal}"]
    # What a database quotes, or has behind a dot, is a table, a column or a rule.
    words = (*re.findall(r'["\'](\w+)["\']', refusal), *re.findall(r"\b\w+\.(\w+)", refusal))
    sentence = f"{IN_IT} {sentence[0].lower()}{sentence[1:]}"
    return Refused(sentence, *more, words=words, function="upgrade")


def _must_have_worked(project: "Project", requests: list[Request]) -> None:
    broken = [path for _, path, _, status in requests if status >= 500]
    if broken:
        toml = f"{project.exercise.path}/exercise.toml"
        raise CourseError(
            f"{toml}: the last release has to work before the upgrade, and {broken[0]} does not. "
            "Which given files belong to the next release? Name them under 'last_release'."
        )


def _refuse_what_is_not_there(
    project: "Project", before: Databases, wanted: Databases, now: Databases
) -> None:
    was, then, is_now = (State(x, project.exercise.version_table) for x in (before, wanted, now))
    for bind in before:
        for table in was.schema(bind).tables:
            rows = then.rows(table, bind)
            written = _written(was.rows(table, bind), rows)
            _refuse_other_values(rows, written, is_now.rows(table, bind))


def _written(before: Rows, after: Rows) -> dict[tuple[object, ...], Row | None]:
    """What an app has written, by key: of each row the values, and None where it is gone."""
    was, then = before.by_key, after.by_key
    gone = dict.fromkeys(was.keys() - then.keys())
    return gone | {
        key: {
            name: value for name, value in row.items() if key not in was or was[key][name] != value
        }
        for key, row in then.items()
        if row != was.get(key)
    }


def _refuse_other_values(
    then: Rows, written: dict[tuple[object, ...], Row | None], now: Rows
) -> None:
    there = now.by_key
    for key, values in written.items():
        row = f"{then.table} row {show_key(key)}"
        if values is None and key in there:
            raise _not_kept(f"{row} was deleted, and it is there.", then.table)
        if values is not None and key not in there:
            raise _not_kept(f"{row} was written, and it is not there.", then.table)
        for name, value in (values or {}).items():
            now_holds = there[key].get(name)
            if now_holds != value:
                its, holds = show_both(value, now_holds)
                wrote = f"{its} was written as {name} of {row}."
                has = f"The database holds {holds}."
                raise _not_kept(wrote, name, then.table, more=(has,))


def _not_kept(sentence: str, *words: str, more: tuple[str, ...] = ()) -> Refused:
    return Refused(f"{IN_IT} {sentence}", *more, words=words, function="upgrade")
