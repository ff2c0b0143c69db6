"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    last = -(2**63)
    while True:
        with db.engine.begin() as connection:
            ids = connection.scalars(
                select(Furniture.id).where(Furniture.id > last).order_by(Furniture.id).limit(1000)
            ).all()
            if not ids:
                break
            connection.execute(
                text("UPDATE furniture SET code = 'F' || id WHERE id BETWEEN :first AND :last"),
                {"first": ids[0], "last": ids[-1]},
            )
            last = ids[-1]
    click.echo("Every piece has its code.")
