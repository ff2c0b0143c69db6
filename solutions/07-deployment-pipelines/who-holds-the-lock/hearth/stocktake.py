"""`flask stocktake`: each room's pieces are counted, and the registrar gets a letter."""

from datetime import date

import click
from sqlalchemy import select

from hearth.database import db
from hearth.models import Inspection, Room
from hearth.post import send

DAY = date(2026, 2, 2)


@click.command("stocktake")
def stocktake() -> None:
    """Note in each room how many pieces there are, and send the list."""
    letter = []
    for room in db.session.scalars(select(Room).order_by(Room.id)):
        note = f"{len(room.furniture)} pieces"
        room.inspections.append(Inspection(done_on=DAY, note=note))
        letter.append(f"{room.name}: {note}")
    db.session.commit()
    # From here on no row is read, either: that would begin the next transaction.
    send(letter)
