"""The first minute: two migrations that do "the same", graded side by side on real rows."""

import re
import sys

import click
from rich.console import Console
from rich.table import Table

from remodel.cli.shell import wrapped
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.database.values import show
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.results import Verdict
from remodel.grading.run import grade
from remodel.grading.session import Grading, Unit
from remodel.grading.terminal import TerminalOnlooker
from remodel.wrapping import PassingLine, columns

SHOWCASE = "rename-a-column"
#: Two people, and what they handed in. How they did it is not shown: it is an exercise.
PEOPLE = {"Ann": "wrong/drop-and-add", "Ben": "solution"}
SEED = 4711
#: With the lines of `make` and what is next, all of it is seen at once on 24 rows.
ROWS = 4
#: A name such as people give: words and a number.
_PLAIN = re.compile(r"[^\W\d]+( [^\W\d]+)+ \d+")


def welcome(catalog: Catalog, line: PassingLine) -> None:
    """Run both answers of the showcase for real; print the rows and both outcomes.

    `line` shows how far it has come.
    """
    exercise = catalog.exercise(SHOWCASE)
    grading = Grading.of(catalog, list(PEOPLE.values()), [SEED])
    try:
        table = _rows(grading, exercise)
        verdicts = grade(grading, [exercise], TerminalOnlooker(sys.stdout, line))
    finally:
        grading.close()
        line.clear()
    click.echo(
        wrapped(
            "Welcome to Remodel. First, one real grading: Ann and Ben have each renamed "
            "furniture.name to furniture.label. Both migrations ran without an error, and "
            "`flask db check` is content with both. The rows are not:",
            "",
        )
    )
    Console(width=columns(), highlight=False).print(table, markup=False)
    for person, verdict in zip(PEOPLE, verdicts, strict=True):
        click.echo(_outcome(person, verdict))
    number = catalog.lessons[exercise.lesson].number
    click.echo(wrapped(f"What Ben did differently, you will find out in lesson {number}.", ""))


def _outcome(person: str, verdict: Verdict) -> str:
    if verdict.status == "pass":
        outcome = f"✓ {person}: all {len(verdict.checks)} checks pass"
        return click.style(outcome, fg="green")
    failed = f"{len(verdict.failures)} of {len(verdict.checks)} checks failed"
    return click.style(f"✗ {person}: {failed}", fg="red")


def _rows(grading: Grading, exercise: Exercise) -> Table:
    before = _project(grading, exercise, PEOPLE["Ben"]).rows("furniture", "name")
    after = [_labels(grading, exercise, handed_in) for handed_in in PEOPLE.values()]
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "name before", *(f"label, {person}'s" for person in PEOPLE)):
        table.add_column(heading, no_wrap=True)
    # Words that a person would miss come first; the awkward ones are for the grader.
    keys = sorted(before.by_key, key=lambda key: not _PLAIN.fullmatch(str(before.by_key[key])))
    for key in keys[:ROWS]:
        cells = [show(each.by_key.get(key)) for each in (before, *after)]
        table.add_row(str(key[0]), *(cell[:18] for cell in cells))
    return table


def _project(grading: Grading, exercise: Exercise, named: str) -> Project:
    return grading.project(Unit(exercise, named, SEED)).populated()


def _labels(grading: Grading, exercise: Exercise, named: str):  # type: ignore[no-untyped-def]
    project = _project(grading, exercise, named)
    try:
        return project.upgrade().rows("furniture", "label")
    except Refused as error:
        raise AssertionError(f"the showcase {named} does not run: {error}") from error
