"""`flask backfill`: every piece of furniture gets the code of its label."""

import click
from sqlalchemy import String, cast, literal, select, update

from hearth.database import db
from hearth.models import Furniture

#: How many pieces are written in one transaction: others wait no longer than that takes.
BATCH = 1_000


@click.command("backfill")
def backfill() -> None:
    """Give each piece of furniture that has none its code."""
    last = None
    while (last := fill_after(last)) is not None:
        pass
    click.echo("Every piece has its code.")


def fill_after(last: int | None) -> int | None:
    """Fill the next pieces behind the id `last`, and commit. Gives the last id, None at the end."""
    missing = select(Furniture.id).where(Furniture.code.is_(None)).order_by(Furniture.id)
    if last is not None:
        # By the key, so that no batch reads again what the ones before it have read.
        missing = missing.where(Furniture.id > last)
    with db.engine.begin() as connection:
        ids = connection.scalars(missing.limit(BATCH)).all()
        if not ids:
            return None
        connection.execute(
            update(Furniture)
            .where(Furniture.id.between(ids[0], ids[-1]))
            # Asked once more: somebody may have written one since.
            .where(Furniture.code.is_(None))
            .values(code=literal("F") + cast(Furniture.id, String))
        )
        return ids[-1]
