"""The rooms and the furniture, as Python sees them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    colour: Mapped[str | None] = mapped_column(String(30))
    size: Mapped[str | None] = mapped_column(String(60))

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )
    # An inspection means nothing without its room, so it goes when the room goes.
    inspections: Mapped[list["Inspection"]] = relationship(
        back_populates="room",
        order_by="Inspection.done_on, Inspection.id",
        cascade="all, delete-orphan",
    )


class Shop(db.Model):
    """A shop that sells furniture."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    # It begins with the room, so it also finds a room's furniture as the old index did.
    __table_args__ = (Index("ix_furniture_room_id_shop_id", "room_id", "shop_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    bought_on: Mapped[date | None]
    owner: Mapped[str | None] = mapped_column(String(80))
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"))

    room: Mapped[Room] = relationship(back_populates="furniture")


class Inspection(db.Model):
    """A day on which somebody looked a room over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    done_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)

    room: Mapped[Room] = relationship(back_populates="inspections")
