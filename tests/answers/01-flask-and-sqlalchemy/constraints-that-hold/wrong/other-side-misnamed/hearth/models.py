"""The rooms and the furniture, as Python sees them."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )


class Furniture(db.Model):
    """Furniture of one kind: so many pieces of it, in one room."""

    __table_args__ = (CheckConstraint("pieces >= 1"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    pieces: Mapped[int]
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))

    room: Mapped[Room] = relationship(back_populates="pieces_of_furniture")
