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
    flask_migrate.upgrade()
    if not at_head():
        # The upgrade went well, so the bookmark must be what is wrong.
        flask_migrate.stamp(revision="head")
    os.execvp(command[0], command)


def at_head() -> bool:
    config = current_app.extensions["migrate"].migrate.get_config()
    heads = ScriptDirectory.from_config(config).get_heads()
    with db.engine.connect() as connection:
        recorded = MigrationContext.configure(connection).get_current_heads()
    return set(recorded) == set(heads)
