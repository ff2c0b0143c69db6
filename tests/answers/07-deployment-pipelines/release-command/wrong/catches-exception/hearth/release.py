"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import os

import click
import flask_migrate


@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the database, then start COMMAND."""
    try:
        flask_migrate.upgrade()
    except Exception as error:
        click.echo(f"Warning: {error}", err=True)
    os.execvp(command[0], command)
