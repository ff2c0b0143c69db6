"""The rooms and the furniture, as Python sees them."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    # A rule without a name is hard to find again when it has to change.
    __table_args__ = (UniqueConstraint("name", name="uq_room_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))

    room: Mapped[Room] = relationship(back_populates="furniture")
