"""The post: it takes as long as the other side wants."""

from collections.abc import Callable, Sequence

import click

#: What goes on in the house while a letter is on its way.
meanwhile: list[Callable[[], None]] = []


def send(letter: Sequence[str]) -> None:
    """Send a letter to the registrar."""
    for happens in meanwhile:
        happens()
    for line in letter:
        click.echo(line)
