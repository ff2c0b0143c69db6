"""`remodel sql`: put statements to your app's own database."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from remodel.course.layout import APP
from remodel.errors import RemodelError

PROMPT = "sql> "
#: What ends other prompts of the course.
_ENDS = ("exit", "exit()", "quit", "quit()")


@click.command()
@click.argument("statement", required=False)
@click.option("--database", default=APP, show_default=True, help="Which one of the app's.")
def sql(statement: str | None, database: str) -> None:
    """Put SQL statements to your app's own database."""
    from remodel.playground.statements import opened

    with opened(Path.cwd(), database) as its:
        if statement:
            _show(its.answer(statement))
            return
        if sys.stdin.isatty():
            click.echo("One statement a line. An empty line, or Ctrl-D, ends it.")
        while line := _asked():
            try:
                _show(its.answer(line))
            except RemodelError as error:
                click.echo(f"Error: {error}")
                if "syntax error" in str(error):  # perhaps it was meant for another prompt
                    click.echo(f"(An empty line ends {PROMPT.strip()})")


def _show(lines: Sequence[str]) -> None:
    click.echo("".join(f"{each}\n" for each in lines), nl=False)


def _asked() -> str:
    try:
        line = input(PROMPT).strip()
    except EOFError:
        click.echo()
        return ""
    return "" if line in _ENDS else line


COMMANDS = (sql,)
