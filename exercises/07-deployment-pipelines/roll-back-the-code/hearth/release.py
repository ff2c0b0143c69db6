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
    # No try: a failure has to end the release, and both kinds of failure do so by themselves.
    flask_migrate.upgrade()
    refuse_unless_at_head()
    # From here on this process is COMMAND: nothing below this line ever runs.
    os.execvp(command[0], command)


def refuse_unless_at_head() -> None:
    """Ask the database where it is: that the upgrade ended well is no proof."""
    config = current_app.extensions["migrate"].migrate.get_config()
    heads = ScriptDirectory.from_config(config).get_heads()
    with db.engine.connect() as connection:
        recorded = MigrationContext.configure(connection).get_current_heads()
    if set(recorded) != set(heads):
        raise click.ClickException(
            f"The history ends at {', '.join(heads)}, but the database is at "
            f"{', '.join(recorded) or 'no revision'}. Nothing was started."
        )
