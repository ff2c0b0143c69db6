"""The rooms and the furniture while `name` becomes `label`, as Python sees them."""

import os

from sqlalchemy import Enum, ForeignKey, String
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

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    old_name: Mapped[str] = mapped_column("name", String(80))
    label: Mapped[str | None] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    condition: Mapped[str | None] = mapped_column(
        Enum("good", "worn", "broken", name="condition", native_enum=False), default="good"
    )

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
