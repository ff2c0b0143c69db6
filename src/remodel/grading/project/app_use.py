"""The app in use: what its forms make of what is typed, beside what the solution's make of it.

The solution's app is explored, on databases with the same rows: whatever form it has is filled and
sent. Then the same requests go to the answer's app. Both must answer alike, and end with the same
rows. So nothing here knows what an exercise is about.
"""

import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from remodel.database.values import Row, Rows
from remodel.errors import CourseError
from remodel.grading.answer import Answer
from remodel.grading.project.state import State
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.workspace.workspace import Databases, RunResult
from remodel.runner.error_lines import error_lines
from remodel.runner.visitor import Request, packed, unpacked

if TYPE_CHECKING:
    from remodel.grading.project.project import Project

Tables = Mapping[tuple[str, str], Rows]


def use_app(project: "Project", solved: Databases | None = None) -> None:
    """Use the app on the databases of `project`, which keep what came of it.

    `solved` are databases that the solution made: where their rows are the same, the solution's
    app is used on them, and else on the answer's own. Refuses where the app answers otherwise than
    the solution's or leaves other rows, and wherever a page ends with an error.
    """
    alike = solved is not None and _tables(project, solved) == _tables(project, project.databases)
    begun = solved if alike and solved is not None else project.databases
    wanted, requests = explored(project, project.solution, begun)
    outcome = repeat(project, project.answer, requests)
    project.databases = outcome.databases
    _refuse_other_rows(_tables(project, wanted), _tables(project, outcome.databases))


def explored(
    project: "Project", app: Answer, databases: Databases
) -> tuple[Databases, list[Request]]:
    """What becomes of `databases` when each form of `app` is used on them, and the requests.

    Raises CourseError where `app`, which is the course's own, answers nothing.
    """
    rows = {table: State(databases, "").rows(table) for table in project.schema.tables}
    ids = {table: [row["id"] for row in each if "id" in row] for table, each in rows.items()}
    chosen = {table: _first_and_last(_alone(project, table, ids, rows)) for table in ids}
    argv = ("explore", project.runs.mark, json.dumps([chosen, ids]))
    outcome = project.runs.run(app, argv, databases)
    sent = sent_in(outcome, project.runs.mark)
    if not sent:
        error = outcome.completed.stderr
        raise CourseError(f"The {app.name} of {project.exercise.slug} cannot be used:\n{error}")
    return outcome.databases, sent


def repeat(project: "Project", app: Answer, requests: list[Request]) -> RunResult:
    """Send `requests` to `app` on the databases of `project`, which it leaves as they are.

    Refuses the first that is answered with another status than before, or ends with an error.
    """
    outcome = repeated(project, app, requests)
    refuse_other_answers(project, requests, outcome)
    return outcome


def repeated(project: "Project", app: Answer, requests: list[Request]) -> RunResult:
    """What comes of `requests`, up to the first one that is answered with another status."""
    argv = ("repeat", project.runs.mark, packed(requests))
    return project.runs.run(app, argv, project.databases)


def _first_and_last(ids: list[Any]) -> list[Any]:
    return list(dict.fromkeys(ids[:1] + ids[-1:]))


def _alone(
    project: "Project", table: str, ids: Mapping[str, list[Any]], rows: Mapping[str, Rows]
) -> list[Any]:
    """The ids of rows that no other row points at, where there are two, or else of all.

    What becomes of the others when somebody deletes the row is for the schema to say: an app that
    leaves it to chance is no measure for another.
    """
    pointed = {
        row[column]
        for other, each in rows.items()
        for key in project.schema[other].foreign_keys
        if key.parent == table
        for column in key.columns
        for row in each
    }
    alone = [each for each in ids[table] if each not in pointed]
    return alone if len(alone) > 1 else ids[table]


def sent_in(outcome: RunResult, mark: str) -> list[Request]:
    """The requests that were made, as far as what was printed of them can be read."""
    lines = [x for x in outcome.completed.stdout.splitlines() if x.startswith(mark)]
    try:
        sent = unpacked(lines[-1].removeprefix(mark)) if lines and outcome.completed.ok else []
        return msgspec.convert(sent, list[Request])
    except (ValueError, TypeError, zlib.error, RecursionError):  # an app may print such a line, too
        return []


def refuse_other_answers(project: "Project", requests: list[Request], outcome: RunResult) -> None:
    """Refuse the last request that was made where it was not answered as in `requests`."""
    sent = sent_in(outcome, project.runs.mark)
    if not 0 < len(sent) <= len(requests):
        raise CommandFailed("Using the app's forms", outcome.completed)
    method, path, typed, status = sent[-1]
    wanted = requests[len(sent) - 1][-1]
    what = f"Opening {path}" if method == "GET" else f"Sending the form of {path}"
    if status >= 500:
        raise CommandFailed(f"{what} ({status})", outcome.completed)
    if status != wanted:
        sentence = f"{what} is answered with HTTP status {status}; it should be {wanted}."
        raise Refused(sentence, *_typed(typed), *_logged(outcome), in_app=True)


def _typed(typed: Mapping[str, str]) -> list[str]:
    """What was typed, as far as two lines hold it."""
    return [f"  {name}: {text[:60]}" for name, text in typed.items() if text.strip()][:2]


def _logged(outcome: RunResult) -> list[str]:
    """What the app wrote into its log of the request that it refused."""
    return [f"  {x}" for x in error_lines(outcome.completed.stderr) if "ERROR in" in x]


def _tables(project: "Project", databases: Databases) -> dict[tuple[str, str], Rows]:
    state = State(databases, project.exercise.version_table)
    return {
        (bind, table): state.rows(table, bind)
        for bind in databases
        for table in state.schema(bind).tables
    }


def _refuse_other_rows(wanted: Tables, actual: Tables) -> None:
    others = list[Refused]()
    for place, rows in wanted.items():
        should, now = _by_key(rows), _by_key(actual[place])
        if len(should) != len(now):
            raise _other_count(rows.table, len(should), len(now))
        others += [
            _other_value(rows.table, key, row, now.get(key))
            for key, row in should.items()
            if row != now.get(key)
        ]
    if others:  # the shortest text shows it best
        raise min(others, key=lambda refused: len(str(refused)))


def _by_key(rows: Rows) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[name] for name in rows.key) or (n,): row for n, row in enumerate(rows)}


def _other_count(table: str, should: int, now: int) -> Refused:
    sentence = f"After somebody has used the app's forms, {table} has {_rows(now)}."
    more = "Nobody asked for the others." if now > should else "The others are gone, or were lost."
    advice = f"It should have {_rows(should)}. {more}"
    return Refused(sentence, advice, in_app=True)


def _rows(count: int) -> str:
    return f"{count} row{'s' * (count != 1)}"


def _other_value(table: str, key: tuple[Any, ...], should: Row, now: Row | None) -> Refused:
    row = f"{table} row {', '.join(map(str, key))}"
    after = "After somebody has used the app's forms,"
    if now is None:
        sentence = f"{after} there is no {row}: another one is there instead."
        return Refused(sentence, words=(table,), in_app=True)
    name = next(name for name in should if should[name] != now.get(name))
    return Refused(
        f"{after} {row} has another {name} than it should:",
        f"  it should be {should[name]!r:.120}",
        f"  it is        {now.get(name)!r:.120}",
        words=(name, table),
        in_app=True,
    )
