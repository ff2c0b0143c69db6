"""What a release does to the real databases, and how it leaves them when that fails."""

import click
from sqlalchemy.exc import SQLAlchemyError

from hearth import backups, history, smoke
from hearth.release_log import ON_ITS_WAY, PUT_BACK, now, write
from hearth.signals import Interrupted, ignore_signals
from hearth.steps import Stopped, reason, step


def change(head: str) -> None:
    """Back up and upgrade the real databases, and look at the pages."""
    started, before, upgraded = now(), history.recorded(), False
    with step("backup"):
        backup = backups.create()
        click.echo(f"release: {backup}")
        backups.prune()
    try:
        with step("upgrade"):
            history.upgrade(head)
        upgraded = True
        write(head, started, f"{ON_ITS_WAY}{backup}")
        with step("smoke test"):
            smoke.open_pages()
    except (Stopped, Interrupted) as error:
        ignore_signals()
        write(head, started, settle(error, head, upgraded, before, backup))
        raise
    write(head, started, "released")


def settle(
    error: Stopped | Interrupted, head: str, upgraded: bool, before: history.Recorded, backup: str
) -> str:
    """Restore only what could not be taken back; note and return how the databases are left."""
    try:
        upgraded = upgraded or history.is_at(head)
        if not upgraded and history.recorded() == before:
            error.add_note("Schema and revisions are as they were")
            return str(error)
    except SQLAlchemyError as second:
        error.add_note(f"Asking whether the databases have changed failed {reason(second)}")
        return f"{ON_ITS_WAY}{backup}"
    if upgraded and isinstance(error, Interrupted):
        error.add_note("The databases are upgraded, and nobody has looked at the pages")
        return f"upgraded, but {error}"
    return put_back(error, backup)


def put_back(error: Stopped | Interrupted, backup: str) -> str:
    """Restore the backup, and keep what it replaces."""
    try:
        with step("restore"):
            click.echo("release: what was written since the backup leaves the database")
            kept = backups.restore(backup)
    except Stopped as second:
        error.add_note(f"Then {second}. Stop the app and type `flask restore {backup}`")
        return f"{ON_ITS_WAY}{backup}"
    error.add_note(f"Backup {backup} was put back; what was written after it is in {kept}")
    return f"{PUT_BACK}{backup}: {error}"
