"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    page = 0
    while True:
        with db.engine.begin() as connection:
            ids = connection.scalars(
                select(Furniture.id).where(Furniture.code.is_(None))
                .order_by(Furniture.id).limit(1000).offset(page * 1000)
            ).all()
            if not ids:
                break
            for number in ids:
                connection.execute(
                    update(Furniture).where(Furniture.id == number, Furniture.code.is_(None))
                    .values(code=f"F{number}")
                )
        page += 1
    click.echo("Every piece has its code.")
