"""`flask release`: bring the databases to head, look at the pages, and only then start."""

import os
from datetime import datetime

import click

from hearth import backups, history, lock, notify, rehearsal, release_log, smoke
from hearth.steps import Stopped, step

LOCK_SECONDS = 60


@click.command("release")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the databases, and only then become COMMAND, such as a web server."""
    try:
        with step("lock"):
            place = backups.database_files()[None]
        with lock.hold_lock(place.with_name(f"{place.name}.release-lock"), LOCK_SECONDS):
            bring_to_head()
    except Stopped as stopped:
        click.echo(f"Error: {stopped}. Nothing was started.", err=True)
        notify.notify_team(f"Hearth was not released: {stopped}.")
        raise SystemExit(1) from stopped
    if command:
        click.echo(f"release: start {command[0]}")
        # The server takes this process over, and with it the signals and the exit code.
        try:
            os.execvp(command[0], command)
        except OSError as error:
            raise click.ClickException(f"{command[0]}: {error.strerror}") from error


def bring_to_head() -> None:
    """Check, back up, rehearse on copies, and then do the same to the real databases."""
    with step("check"):
        head, started = history.single_head(), release_log.now()
        history.refuse_unknown()
        ready = history.is_at(head)
    if ready:
        with step("smoke test"):
            return smoke.open_pages()
    with step("backup"):
        backup = backups.create()
    try:
        with step("rehearsal"):
            rehearsal.rehearse(backup, head)
        change(backup, head, started)
    except Stopped as stopped:
        release_log.failed(head, started, str(stopped))
        raise
    return None


def change(backup: backups.DatabaseFiles, head: str, started: datetime) -> None:
    """Upgrade the real databases and look at the pages; put the backup back if that fails."""
    try:
        with step("upgrade"):
            history.upgrade(head)
            number = release_log.begin(head, started)
        with step("smoke test"):
            smoke.open_pages()
            release_log.end(number, "released")
    # An impatient Ctrl+C is a failure too.
    except BaseException:
        with step("restore"):
            backups.restore(backup)
        raise
