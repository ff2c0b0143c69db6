"""`flask release -- COMMAND`: what the server runs when a new version of Hearth arrives."""

import functools
import signal
import subprocess

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
    refuse_unless_at_head()
    raise SystemExit(wait_for(command))


def wait_for(command: tuple[str, ...]) -> int:
    waiting = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, waiting)  # until there is somebody to hand it on to
    unblock = functools.partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, waiting)
    app = subprocess.Popen(command, preexec_fn=unblock)
    for each in waiting:
        signal.signal(each, lambda number, frame: app.send_signal(number))
    unblock()
    return app.wait()


def refuse_unless_at_head() -> None:
    config = current_app.extensions["migrate"].migrate.get_config()
    heads = ScriptDirectory.from_config(config).get_heads()
    with db.engine.connect() as connection:
        recorded = MigrationContext.configure(connection).get_current_heads()
    if set(recorded) != set(heads):
        raise click.ClickException(f"head is {heads}, the database is at {recorded}")
