"""`flask backups` and `flask restore`, for people: at night, say, with the app stopped."""

from contextlib import ExitStack

import click
from sqlalchemy import NullPool, create_engine

from hearth import backups, history
from hearth.lock import hold_lock
from hearth.steps import Stopped, step


@click.command("backups")
def list_backups() -> None:
    """List the backups, the newest last, with the revision that each one is at."""
    for name in backups.names():
        copy = create_engine(f"sqlite:///{backups.files_of(name)[None]}", poolclass=NullPool)
        click.echo(f"{name}  {', '.join(history.revisions_of(copy)) or 'none'}")


@click.command("restore")
@click.argument("name")
@click.confirmation_option(prompt="What was written since then is lost. Put this backup back?")
def restore(name: str) -> None:
    """Put the backup NAME back in the place of every database."""
    try:
        with ExitStack() as held:
            with step("lock"):
                held.enter_context(hold_lock())
            with step("restore"):
                kept = backups.restore(name)
    except Stopped as stopped:
        raise click.ClickException(f"{stopped}.") from stopped
    click.echo(f"Done. What was there before is the backup {kept}.")
