"""`flask queue`: a report reads, the upgrade waits for it, and visitors come meanwhile."""

import time

import click
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from hearth.database import db
from hearth.long_report import wait_for_long
from hearth.upgrading import Upgrade

ROOMS = text("SELECT name FROM room")
WAITS = text("SELECT cardinality(pg_blocking_pids(:pid)) > 0")
#: How often the upgrade comes before the report has ended, and how long it may wait each time.
TRIES, LONGEST = 2, 2


@click.command("queue")
@click.option("--long", is_flag=True, help="Let the report read on until the upgrade gives up.")
def queue(long: bool) -> None:
    """Upgrade while a report reads, and ask for the rooms each time that the upgrade waits."""
    upgrade = Upgrade(in_vain=long)
    try:
        with db.engine.connect() as report:
            read(report)  # from here on its transaction is open, and keeps its lock
            upgrade.go()
            if long:
                wait_for_long(upgrade)
                return
            for _ in range(TRIES):
                wait_in_vain(upgrade)
                read(report)
        while upgrade.stops():
            upgrade.go()
        if upgrade.code:
            raise click.ClickException(f"The upgrade ended with exit code {upgrade.code}.")
        click.echo("The upgrade is through.")
    finally:
        upgrade.kill()


def read(report: Connection) -> None:
    """Read on, unless somebody has ended the session."""
    try:
        report.execute(ROOMS)
    except OperationalError as error:
        raise click.ClickException("Somebody has ended the report.") from error


def wait_in_vain(upgrade: Upgrade) -> None:
    """The upgrade waits behind the report, and a visitor behind the upgrade."""
    if not upgrade.stops():
        why = f"The upgrade ended with exit code {upgrade.code}, and the report still reads."
        raise click.ClickException(why)
    if not 0 < (seconds := upgrade.lock_timeout / 1000) <= LONGEST:
        long = f"{seconds:g} seconds" if seconds else "as long as the report reads"
        why = f"Try {upgrade.tries}: the upgrade waits for {long}, and all behind it."
        raise click.ClickException(why)
    upgrade.go()
    with db.engine.connect() as visitor:
        while not upgrade.has_news() and not visitor.scalar(WAITS, {"pid": upgrade.pid}):
            time.sleep(0.02)
        click.echo(f"Try {upgrade.tries}: the upgrade waits for the report. A visitor comes.")
        visitor.execute(ROOMS)
        click.echo("  The visitor is answered, and the report still reads.")
