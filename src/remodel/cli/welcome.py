"""The first minute: two migrations that do "the same", graded side by side on real rows."""

import re

import click
from rich.console import Console
from rich.table import Table

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.database.values import show
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.run import grade
from remodel.grading.session import Grading, Unit
from remodel.grading.terminal import print_verdict

SHOWCASE = "rename-a-column"
WRONG, RIGHT = "wrong/drop-and-add", "solution"
SEED = 4711
#: A name such as people give: words and a number.
_PLAIN = re.compile(r"[^\W\d]+( [^\W\d]+)+ \d+")


def welcome(catalog: Catalog) -> None:
    """Run both answers of the showcase for real; print the rows and the two verdicts."""
    exercise = catalog.exercise(SHOWCASE)
    click.echo("Welcome to Remodel. Before anything else, one real grading.")
    click.echo("Two people renamed furniture.name to furniture.label. Both migrations ran")
    click.echo("without an error, and `flask db check` is content with both. The rows are not:")
    grading = Grading.of(catalog, [WRONG, RIGHT], [SEED])
    try:
        _print_rows(grading, exercise)
        for verdict in grade(grading, [exercise]):
            click.echo(f"$ remodel check {exercise.slug} --answers {verdict.answer}")
            print_verdict(verdict, catalog)
    finally:
        grading.close()
    click.echo("")


def _print_rows(grading: Grading, exercise: Exercise) -> None:
    before = _project(grading, exercise, RIGHT).rows("furniture", "name")
    after = [_labels(grading, exercise, named) for named in (WRONG, RIGHT)]
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "name before", "label: drop and add", "label: renamed"):
        table.add_column(heading, no_wrap=True, max_width=30)
    # Words that a person would miss come first; the awkward ones are for the grader.
    keys = sorted(before.by_key, key=lambda key: not _PLAIN.fullmatch(str(before.by_key[key])))
    for key in keys[:5]:
        cells = [show(each.by_key.get(key)) for each in (before, *after)]
        table.add_row(str(key[0]), *(cell[:24] for cell in cells))
    Console(width=80, highlight=False).print(table, markup=False)


def _project(grading: Grading, exercise: Exercise, named: str) -> Project:
    return grading.project(Unit(exercise, named, SEED)).populated()


def _labels(grading: Grading, exercise: Exercise, named: str):  # type: ignore[no-untyped-def]
    project = _project(grading, exercise, named)
    try:
        return project.upgrade().rows("furniture", "label")
    except Refused as error:
        raise AssertionError(f"the showcase {named} does not run: {error}") from error
