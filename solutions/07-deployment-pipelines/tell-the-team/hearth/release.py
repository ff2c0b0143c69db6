"""`flask release`: upgrade the database, and tell the team where that fails."""

import re
from pathlib import Path

import click
from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app

from hearth import chat
from hearth.database import db


@click.command("release")
def release() -> None:
    """Bring the database to head."""
    try:
        # Flask-Migrate's own upgrade() makes exit code 1 of many an error: the reason is gone.
        command.upgrade(current_app.extensions["migrate"].migrate.get_config(), "head")
    except Exception as error:
        tell(f"Hearth was not released: {place(error)}{reason(error)}")
        raise
    told().unlink(missing_ok=True)


def place(error: Exception) -> str:
    """Say which revision failed; where Alembic refused the history, none did."""
    if isinstance(error, CommandError):
        return ""
    script = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
    with db.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_heads()
    return f"{list(script.iterate_revisions('heads', here))[-1].revision} failed, "


def reason(error: Exception) -> str:
    """Say why, without the statement, and without a value or a password."""
    its = getattr(error, "orig", None)
    # Python quotes the value that it cannot use; the database's own words hold none.
    words = str(its) if its else re.sub(r"(?<!\w)['\"].*['\"]", "…", str(error))
    first = (words.splitlines() or [type(error).__name__])[0]
    return re.sub(r"//[^/@\s]*@", "//", first)


def tell(text: str) -> None:
    """Say `text` in the chat room, unless that was said since the last release that went well."""
    if told().exists() and text in told().read_text("utf-8").splitlines():
        return
    try:
        chat.say(text)
    except ConnectionError as error:
        click.echo(f"The team was not told: {error}", err=True)
        return
    with told().open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def told() -> Path:
    """Find the file that remembers what was said."""
    return Path(current_app.root_path).parent / "told.txt"
