"""`flask backfill`: every piece of furniture gets the code of its label."""

import click

from hearth.database import db


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE furniture SET code = 'F' || id WHERE code IS NULL")
    click.echo("Every piece has its code.")
