"""The rooms and the furniture, as Python sees them."""

from sqlalchemy import DDL, CheckConstraint, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)

    furniture: Mapped[list["Furniture"]] = relationship(back_populates="room", order_by="Furniture.name, Furniture.id", primaryjoin="Room.id == foreign(Furniture.room_id)")


class Furniture(db.Model):
    """Furniture of one kind: so many pieces of it, in one room."""
    __table_args__ = (CheckConstraint("pieces >= 1"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    pieces: Mapped[int]
    room_id: Mapped[int]

    room: Mapped[Room] = relationship(back_populates="furniture", primaryjoin="Room.id == foreign(Furniture.room_id)")

RULES = [
    ("in_a_room", Furniture.__table__, "NOT EXISTS (SELECT 1 FROM room WHERE id = NEW.room_id)", "no such room"),
]


for _verb in ("INSERT", "UPDATE"):
    for _name, _table, _when, _why in RULES:
        event.listen(
            _table,
            "after_create",
            DDL(
                f"CREATE TRIGGER {_name}_{_verb.lower()} BEFORE {_verb} ON {_table.name} WHEN {_when.format(old='' if _verb == 'INSERT' else 'AND id <> OLD.id')} "
                f"BEGIN SELECT RAISE(ABORT, '{_why}'); END"
            ),
        )

for _verb, _when in (("DELETE", ""), ("UPDATE OF id", "NEW.id <> OLD.id AND ")):
    event.listen(
        Room.__table__,
        "after_create",
        DDL(
            f"CREATE TRIGGER room_{_verb[:6]} BEFORE {_verb} ON room WHEN {_when} EXISTS (SELECT 1 FROM furniture WHERE room_id = OLD.id) "
            "BEGIN SELECT RAISE(ABORT, 'there is furniture in this room'); END"
        ),
    )
