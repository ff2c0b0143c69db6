"""`remodel sql`: put statements to your app's own database."""

import contextlib
import sqlite3
import sys
from pathlib import Path

import click

from remodel.course.layout import APP
from remodel.errors import RemodelError

PROMPT = "sql> "


@click.command()
@click.argument("statement", required=False)
@click.option("--database", default=APP, show_default=True, help="Which one of the app's.")
def sql(statement: str | None, database: str) -> None:
    """Put SQL statements to your app's own database."""
    from remodel.playground.statements import answer, database_here

    place = database_here(Path.cwd(), database)
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as connection:
        if statement:
            click.echo("\n".join(answer(connection, statement)))
            return
        if sys.stdin.isatty():
            click.echo("One statement a line. An empty line, or Ctrl-D, ends it.")
        while line := _asked():
            try:
                click.echo("".join(f"{each}\n" for each in answer(connection, line)), nl=False)
            except RemodelError as error:
                click.echo(f"Error: {error}")


def _asked() -> str:
    try:
        return input(PROMPT).strip()
    except EOFError:
        click.echo()
        return ""


COMMANDS = (sql,)
