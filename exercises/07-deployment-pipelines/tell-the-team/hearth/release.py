"""`flask release`: upgrade the database, and tell the team where that fails."""

import click
import flask_migrate

from hearth import chat


@click.command("release")
def release() -> None:
    """Bring the database to head."""
    try:
        flask_migrate.upgrade()
    except (Exception, SystemExit) as error:
        chat.say(f"Hearth was not released: {error}")
        raise
