"""The rooms, the furniture and what else the house keeps, as Python sees them."""

from datetime import date, datetime

from sqlalchemy import Enum, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    colour: Mapped[str | None] = mapped_column(String(30))
    width: Mapped[int | None]
    length: Mapped[int | None]
    # What people say of a size that nobody has measured.
    size_note: Mapped[str | None] = mapped_column(String(20))
    floor: Mapped[int | None]

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )


class Owner(db.Model):
    """Somebody whom furniture belongs to."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    # Pages and forms go on saying `name`.
    name: Mapped[str] = mapped_column("label", String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    bought_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"))
    value: Mapped[int | None]
    # What people say of a worth that is no number: "about 120".
    value_note: Mapped[str | None] = mapped_column(String(20))
    condition: Mapped[str] = mapped_column(
        Enum("good", "worn", "broken", name="condition", native_enum=False), default="good"
    )

    room: Mapped[Room] = relationship(back_populates="furniture")


class Inspection(db.Model):
    """A day on which somebody looked a room over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    done_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)


class Sold(db.Model):
    """A piece that has left the house; it is kept in the second database."""

    __bind_key__ = "archive"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(80))
    sold_on: Mapped[date]


class Release(db.Model):
    """One release; without an end, it was cut off."""

    __tablename__ = "release_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(String(32))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(80))
