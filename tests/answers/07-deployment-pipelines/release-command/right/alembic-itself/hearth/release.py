"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import os
import sys

import alembic.command
import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from hearth.database import db


@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command):
    """Upgrade the database, then start COMMAND."""
    config = current_app.extensions["migrate"].migrate.get_config()
    try:
        head = ScriptDirectory.from_config(config).get_current_head()
        alembic.command.upgrade(config, head)
        with db.engine.connect() as connection:
            recorded = MigrationContext.configure(connection).get_current_revision()
        if recorded != head:
            raise RuntimeError(f"recorded {recorded}, not {head}")
    except Exception as error:
        sys.exit(f"Not released: {error}")
    os.execvp(command[0], list(command))
