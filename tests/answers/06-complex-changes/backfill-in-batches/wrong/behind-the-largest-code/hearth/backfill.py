"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    while True:
        with db.engine.begin() as connection:
            filled = connection.exec_driver_sql(
                "UPDATE furniture SET code = 'F' || id WHERE id IN (SELECT id FROM furniture WHERE"
                " id > coalesce((SELECT max(id) FROM furniture WHERE code IS NOT NULL), -1)"
                " ORDER BY id LIMIT 1000)"
            ).rowcount
        if not filled:
            break
    click.echo("Every piece has its code.")
