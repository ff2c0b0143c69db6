"""The rooms and the furniture, as Python sees them."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""
    __table_args__ = (CheckConstraint("name IS NOT NULL"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(80), unique=True)

    furniture: Mapped[list["Furniture"]] = relationship(back_populates="room", order_by="Furniture.name, Furniture.id")


class Furniture(db.Model):
    """Furniture of one kind: so many pieces of it, in one room."""
    __table_args__ = (CheckConstraint("name IS NOT NULL AND pieces IS NOT NULL AND room_id IS NOT NULL AND pieces >= 1"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(80))
    pieces: Mapped[int | None]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))

    room: Mapped[Room] = relationship(back_populates="furniture")
