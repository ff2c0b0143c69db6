"""What the owner asks when she takes stock."""

from collections.abc import Iterable

from sqlalchemy import func, select

from hearth.database import db
from hearth.models import Furniture, Room

Pairs = Iterable[tuple[str, str]]


def find(text: str) -> Iterable[tuple[int, str, str]]:
    """List the furniture whose name contains `text`: its id, its name, its room's name."""
    query = (
        select(Furniture.id, Furniture.name, Room.name)
        .join(Furniture.room)
        .where(Furniture.name.icontains(text, autoescape=True))
        .order_by(Room.name, Furniture.id)
    )
    return db.session.execute(query).tuples()


def stock() -> Iterable[tuple[str, int]]:
    """List every room: its name, and how many pieces of furniture stand in it."""
    # Counting the furniture's id, not the rows: an empty room has one row, with no id in it.
    pieces = func.count(Furniture.id)
    query = (
        select(Room.name, pieces)
        .outerjoin(Room.furniture)
        .group_by(Room.id, Room.name)
        .order_by(pieces.desc(), Room.name)
    )
    return db.session.execute(query).tuples()


def rename(pairs: Pairs) -> None:
    """Give rooms new names, (old, new) each: all of them, or none."""
    for old, new in pairs:
        room = db.session.scalar(select(Room).where(Room.name == old))
        room.name = new
    db.session.commit()
