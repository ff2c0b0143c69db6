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
    before = recorded_revisions()
    flask_migrate.upgrade()
    # An upgrade that worked has moved the version.
    if recorded_revisions() == before:
        raise click.ClickException("The upgrade did not run.")
    refuse_unless_at_head()
    os.execvp(command[0], command)


def recorded_revisions() -> tuple[str, ...]:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads()


def refuse_unless_at_head() -> None:
    config = current_app.extensions["migrate"].migrate.get_config()
    heads = ScriptDirectory.from_config(config).get_heads()
    recorded = recorded_revisions()
    if set(recorded) != set(heads):
        raise click.ClickException(f"head is {heads}, the database is at {recorded}")
