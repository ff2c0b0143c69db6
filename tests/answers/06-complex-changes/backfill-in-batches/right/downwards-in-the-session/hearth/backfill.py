"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import select, text, update

from hearth.database import db
from hearth.models import Furniture


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    while True:
        ids = db.session.scalars(
            select(Furniture.id).where(Furniture.code.is_(None))
            .order_by(Furniture.id.desc()).limit(500)
        ).all()
        if not ids:
            break
        db.session.execute(
            update(Furniture)
            .where(Furniture.id.between(ids[-1], ids[0]), Furniture.code.is_(None))
            .values(code=text("'F' || id")),
            execution_options={"synchronize_session": False},
        )
        db.session.commit()
    click.echo("Every piece has its code.")
