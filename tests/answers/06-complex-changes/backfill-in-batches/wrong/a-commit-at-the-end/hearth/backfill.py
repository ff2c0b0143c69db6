"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    for piece in db.session.scalars(select(Furniture).where(Furniture.code.is_(None))):
        piece.code = f"F{piece.id}"
    db.session.commit()
    click.echo("Every piece has its code.")
