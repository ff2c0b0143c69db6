"""The rooms and the furniture, as Python sees them."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    colour: Mapped[str | None] = mapped_column(String(30))

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))

    room: Mapped[Room] = relationship(back_populates="furniture")


class Photo(db.Model):
    """A photo of a room, known by the name of its file."""

    # Two rooms may have photos of one name; the same room may not.
    __table_args__ = (UniqueConstraint("room_id", "file_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # A photo means nothing without its room, so the database deletes it with the room.
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    file_name: Mapped[str] = mapped_column(String(100))
    taken_on: Mapped[date | None]
