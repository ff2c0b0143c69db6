"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import os

import click
import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from hearth.database import db


@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the database, then start COMMAND."""
    try:
        flask_migrate.upgrade()
    except Exception as error:
        click.echo(f"Warning: {error}", err=True)
    else:
        refuse_unless_at_head()
    os.execvp(command[0], command)


def refuse_unless_at_head() -> None:
    config = current_app.extensions["migrate"].migrate.get_config()
    heads = ScriptDirectory.from_config(config).get_heads()
    with db.engine.connect() as connection:
        recorded = MigrationContext.configure(connection).get_current_heads()
    if set(recorded) != set(heads):
        raise click.ClickException(f"head is {heads}, the database is at {recorded}")
