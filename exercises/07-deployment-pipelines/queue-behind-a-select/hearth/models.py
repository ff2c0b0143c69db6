"""The rooms and the furniture, as Python sees them."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    colour: Mapped[str | None] = mapped_column(String(30))
    size: Mapped[str] = mapped_column(String(20))
    floor: Mapped[int | None]
    ceiling: Mapped[int | None]

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )
    # An inspection means nothing without its room, so it goes when the room goes.
    inspections: Mapped[list["Inspection"]] = relationship(
        back_populates="room",
        order_by="Inspection.done_on, Inspection.id",
        cascade="all, delete-orphan",
    )


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    bought_on: Mapped[date | None]
    owner: Mapped[str | None] = mapped_column(String(80))
    # Text on purpose: people write "about 120".
    value: Mapped[str | None] = mapped_column(String(20))

    room: Mapped[Room] = relationship(back_populates="furniture")


class Inspection(db.Model):
    """A day on which somebody looked a room over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    done_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)

    room: Mapped[Room] = relationship(back_populates="inspections")
