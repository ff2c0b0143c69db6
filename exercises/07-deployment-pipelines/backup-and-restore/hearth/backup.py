"""`flask backup` and `flask restore`: the house as it was, in a file."""

import shutil

import click

from hearth.places import database, numbered


@click.command("backup")
def backup() -> None:
    """Keep a copy of the database."""
    shutil.copy(database(), numbered(1))


@click.command("restore")
@click.argument("number", type=int, default=1)
def restore(number: int) -> None:
    """Put the backup NUMBER back in the place of the database."""
    shutil.copy(numbered(number), database())
