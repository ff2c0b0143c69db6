"""The rooms and the furniture, as Python sees them."""

from datetime import date

from sqlalchemy import Enum, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db

CONDITIONS = ("good", "worn", "broken")


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
        back_populates="room", order_by="Furniture.label, Furniture.id"
    )
    # An inspection means nothing without its room, so it goes when the room goes.
    inspections: Mapped[list["Inspection"]] = relationship(
        back_populates="room",
        order_by="Inspection.done_on, Inspection.id",
        cascade="all, delete-orphan",
    )


class Owner(db.Model):
    """Somebody whom furniture belongs to."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)

    @classmethod
    def named(cls, name: str) -> "Owner":
        """Find the owner of this name, or begin a new one."""
        with db.session.no_autoflush:
            return db.session.scalar(select(cls).filter_by(name=name)) or cls(name=name)


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    bought_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"))
    value: Mapped[int | None]
    # What people say of a worth that is no number: "about 120".
    value_note: Mapped[str | None] = mapped_column(String(20))
    condition: Mapped[str] = mapped_column(
        Enum(*CONDITIONS, name="condition", native_enum=False), default="good"
    )

    room: Mapped[Room] = relationship(back_populates="furniture")
    owner: Mapped[Owner | None] = relationship()

    @property
    def owner_name(self) -> str | None:
        """The owner's name, as a form shows it."""
        return self.owner.name if self.owner else None

    @owner_name.setter
    def owner_name(self, name: str | None) -> None:
        self.owner = Owner.named(name) if name else None


class Inspection(db.Model):
    """A day on which somebody looked a room over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    done_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)

    room: Mapped[Room] = relationship(back_populates="inspections")


class Sold(db.Model):
    """A piece that has left the house; it is kept in the second database."""

    __bind_key__ = "archive"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(80))
    sold_on: Mapped[date]
