"""`remodel start --database`: a playground's databases on a server, while somebody works there."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from remodel.cli.environment import line_to_set
from remodel.cli.shell import lines_elsewhere, wrapped
from remodel.course.exercise import Exercise
from remodel.grading.engine import Engine
from remodel.wrapping import PassingLine


@contextlib.contextmanager
def _begun(exercise: Exercise, engine: Engine) -> Iterator[dict[str, str]]:
    with contextlib.ExitStack() as until_the_end:
        with PassingLine(sys.stdout) as line:
            line.show(f"  Making a database on {engine.name} …")
            # Only now: this takes a moment, and somebody waits.
            from remodel.playground.on_server import databases_on

            urls = until_the_end.enter_context(databases_on(engine, exercise))
        yield urls


def keep_on_server(exercise: Exercise, folder: Path, engine: Engine) -> None:
    """Say how to work with them from another terminal, and keep them until Enter or Ctrl-C."""
    with _begun(exercise, engine) as urls:
        click.echo(wrapped(f"{exercise.slug} has a database on {engine.name} now. {_BEGINS}", ""))
        click.echo("In a second terminal, type, or paste:")
        for line in [*lines_elsewhere(folder), *(line_to_set(*each) for each in urls.items())]:
            click.echo(f"  {line}")
        click.echo(wrapped(_WORKS, ""))
        with contextlib.suppress(KeyboardInterrupt):
            sys.stdin.readline()
    click.echo(f"The database on {engine.name} is gone. Your files are as they are.")


_BEGINS = "It holds what the exercise begins with, and stays while this command runs."
_WORKS = (
    "There, `flask` and `remodel sql` work on it. `remodel check` takes copies of its own, and all "
    "other commands of `remodel` read files. Enter or Ctrl-C, here, ends it and takes the database "
    "away."
)
