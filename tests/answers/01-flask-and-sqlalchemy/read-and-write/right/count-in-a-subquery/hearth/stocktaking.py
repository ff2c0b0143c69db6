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
        .where(func.instr(func.lower(Furniture.name), text.lower()) > 0)
        .order_by(Room.name, Furniture.id)
    )
    return db.session.execute(query).tuples()


def stock() -> Iterable[tuple[str, int]]:
    """List every room: its name, and how many pieces of furniture stand in it."""
    pieces = select(func.count()).where(Furniture.room_id == Room.id).scalar_subquery()
    rows = db.session.execute(select(Room.name, pieces).order_by(pieces.desc(), Room.name))
    return [(name, number) for name, number in rows]


def rename(pairs: Pairs) -> None:
    """Give rooms new names, (old, new) each: all of them, or none."""
    for old, new in pairs:
        room = db.session.scalar(select(Room).where(Room.name == old))
        if room is None:
            raise LookupError(f"There is no room called {old!r}.")
        room.name = new
    db.session.commit()
