"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    while True:
        with db.engine.connect() as connection:
            ids = connection.scalars(
                select(Furniture.id).where(Furniture.code.is_(None))
                .order_by(Furniture.id.desc()).limit(1000)
            ).all()
        if not ids:
            break
        with db.engine.begin() as connection:
            connection.execute(
                text("UPDATE furniture SET code = :code WHERE id = :id"),
                [{"id": number, "code": f"F{number}"} for number in ids],
            )
    click.echo("Every piece has its code.")
