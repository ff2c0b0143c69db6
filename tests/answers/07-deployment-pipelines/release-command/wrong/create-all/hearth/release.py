"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import os

import click

from hearth.database import db


@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the database, then start COMMAND."""
    # It makes whatever is missing, and does no harm to what is there.
    db.create_all()
    os.execvp(command[0], command)
