"""The rooms and the furniture, as Python sees them."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""
    __table_args__ = (Index("ux_room", text("(name || '')"), unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))

    furniture: Mapped[list["Furniture"]] = relationship(back_populates="room", order_by="Furniture.name, Furniture.id")


class Furniture(db.Model):
    """Furniture of one kind: so many pieces of it, in one room."""
    __table_args__ = (CheckConstraint("ifnull(pieces, 0) >= 1"), CheckConstraint("typeof(name) <> 'null' AND room_id NOTNULL"))
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(80))
    pieces: Mapped[int | None]
    room_id: Mapped[int | None] = mapped_column(ForeignKey(Room.id))

    room: Mapped[Room] = relationship(back_populates="furniture")
