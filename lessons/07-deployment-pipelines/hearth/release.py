"""`flask release`: bring the databases to head, look at the pages, and only then start."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from hearth import backups, change, history, notify, rehearsal, release_log, smoke
from hearth.lock import hold_lock
from hearth.signals import Interrupted, interruptible
from hearth.steps import Stopped, step


@click.command("release")
@click.option("--again", is_flag=True, help="Go on after a release that was cut off or put back.")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def release(command: tuple[str, ...], again: bool) -> None:
    """Upgrade the databases, and only then become COMMAND, such as a web server."""
    with reported():
        with interruptible(), ExitStack() as held:
            with step("lock"):
                held.enter_context(hold_lock())
            bring_to_head(command, again)
            notify.forget_messages()
        if command:
            become(command)


@contextmanager
def reported() -> Iterator[None]:
    """Tell the terminal and the team of every end that is not a success."""
    try:
        yield
    except (Exception, Interrupted) as error:
        known = isinstance(error, Stopped | Interrupted)
        first = str(error) if known else f"it failed with {type(error).__name__}"
        why = ". ".join([first, *getattr(error, "__notes__", [])])
        click.echo(f"Error: {why}. Nothing was started.", err=True)
        notify.notify_team(f"Hearth was not released: {why}.")
        raise SystemExit(getattr(error, "exit_code", 1)) from error


def bring_to_head(command: tuple[str, ...], again: bool) -> None:
    """Check, rehearse on copies, and then do the same to the real databases."""
    with step("check"):
        if command and not shutil.which(command[0]):
            raise Stopped(f"there is no command {command[0]}")
        head = history.single_head()
        history.refuse_unknown()
        if not again:
            release_log.refuse_waiting(head)
        ready = history.is_at(head)
    if not ready:
        with step("rehearsal"):
            rehearsal.rehearse(head)
        return change.change(head)
    with step("smoke test"), named_backup():
        smoke.open_pages()
    if again:
        release_log.write(head, release_log.now(), "released")
    return None


@contextmanager
def named_backup() -> Iterator[None]:
    """Name the newest backup to whoever finds pages broken that nobody has changed today."""
    try:
        yield
    except Stopped as error:
        error.add_note(f"The newest backup is {(backups.names() or ['none'])[-1]}")
        raise


def become(command: tuple[str, ...]) -> None:
    """Let the server take this process over, and with it the signals and the exit code."""
    with step(f"start {command[0]}"):
        os.execvp(command[0], command)
