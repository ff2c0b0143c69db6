"""The rooms and the furniture, as Python sees them."""

import os
from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from hearth.database import db


def reads_label() -> bool:
    """What the feature flag says."""
    return os.environ.get("HEARTH_READ_LABEL") == "1"


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    colour: Mapped[str | None] = mapped_column(String(30))
    size: Mapped[str] = mapped_column(String(20))
    floor: Mapped[int | None]

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
    old_name: Mapped[str] = mapped_column("name", String(80))
    # Release B fills it and makes it the required one; until then old code leaves it empty.
    label: Mapped[str | None] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    bought_on: Mapped[date | None]
    owner: Mapped[str | None] = mapped_column(String(80))
    # Text on purpose: people write "about 120".
    value: Mapped[str | None] = mapped_column(String(20))

    room: Mapped[Room] = relationship(back_populates="furniture")

    # Forms, pages and queries say `name`, and never learn that there are two columns.
    @hybrid_property
    def name(self) -> str:
        """The name, from the column that the flag chooses."""
        return self.label if reads_label() else self.old_name

    @name.inplace.setter
    def _set_both(self, value: str) -> None:
        self.old_name = self.label = value
        # What is equal to what was read is not written, and the copy may have come in between.
        flag_modified(self, "old_name")
        flag_modified(self, "label")

    @name.inplace.expression
    def _in_a_query(cls):
        return cls.label if reads_label() else cls.old_name


class Inspection(db.Model):
    """A day on which somebody looked a room over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    done_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)

    room: Mapped[Room] = relationship(back_populates="inspections")
