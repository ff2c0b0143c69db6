"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    with db.engine.connect() as connection:
        first, largest = connection.execute(text("SELECT min(id), max(id) FROM furniture")).one()
    for begin in range(first or 0, (largest or -1) + 1, 1000):
        with db.engine.begin() as connection:
            connection.execute(
                text("UPDATE furniture SET code = 'F' || id"
                     " WHERE id >= :begin AND id < :end AND id <= :largest AND code IS NULL"),
                {"begin": begin, "end": begin + 1000, "largest": largest},
            )
    click.echo("Every piece has its code.")
