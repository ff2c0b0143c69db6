"""`remodel myth`: a belief, a question, and the experiment that settles it, live."""

import contextlib
import sys

import click

from remodel.cli.asking import Left, ask
from remodel.cli.shell import wrapped
from remodel.course.catalog import find_course
from remodel.course.myths import read_myths
from remodel.course.quiz import Myth, Question
from remodel.errors import NoServer, RemodelError
from remodel.playground.progress import Progress


@click.command()
@click.argument("number", required=False, type=int)
def myth(number: int | None) -> None:
    """List the myths; with a NUMBER, show what really happens."""
    catalog = find_course()
    known = read_myths(catalog)
    if number is None:
        _list(known)
        return
    if number not in range(1, len(known) + 1):
        raise RemodelError(f"There is no myth {number}. They are numbered from 1 to {len(known)}.")
    question, entry = known[number - 1]
    click.echo(click.style(wrapped(f"Myth {number}: {entry.belief}", ""), bold=True) + "\n")
    try:
        right = ask(question, may_skip=True)
        with contextlib.suppress(OSError):  # asked all the same, wherever it can be kept
            if right is not None:
                Progress.read(catalog).does_question(question, right)
    except Left as left:
        if left.code:
            sys.exit(left.code)
    _show(question, entry)


def _list(known: list[tuple[Question, Myth]]) -> None:
    click.echo("People believe these, and none is true:\n")
    for number, (_, entry) in enumerate(known, 1):
        click.echo(f"  {number:>2}  {wrapped(entry.belief, '      ').lstrip()}")
    click.echo("\nTo be asked about one, and to see what really happens: remodel myth 4")


def _show(question: Question, entry: Myth) -> None:
    from remodel.experiments.live import run_experiments

    click.echo(click.style("\nWhat really happens", bold=True) + "\n")
    file = question.experiment.partition("::")[0]
    run = run_experiments(find_course().root, file)
    for word, text in (("Reality", entry.reality), ("Why it matters", entry.matters)):
        click.echo(click.style(word, bold=True) + f"\n{wrapped(text)}\n")
    click.echo(f"The experiment: {file}\nRead on: {entry.source}")
    if run.failed:
        raise RemodelError(
            "Here the experiment did not go as we say. Please report it, with this:\n"
            + run.failed[0]
        )
    if run.missing:
        raise NoServer(f"A part could not be shown. {run.missing[0]}")


COMMANDS = (myth,)
