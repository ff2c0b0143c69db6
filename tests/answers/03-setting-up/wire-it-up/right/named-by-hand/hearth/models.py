"""The rooms and the furniture, as Python sees them."""

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    # A rule without a name is hard to find again when it has to change.
    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_room"),
        UniqueConstraint("name", name="uq_room_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    colour: Mapped[str | None] = mapped_column(String(30))

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room", order_by="Furniture.name, Furniture.id"
    )


class Furniture(db.Model):
    """A piece of furniture, which always stands in a room."""

    __table_args__ = (
        PrimaryKeyConstraint("id", name="pk_furniture"),
        ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_furniture_room_id_room"),
    )

    id: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(String(80))
    room_id: Mapped[int] = mapped_column()

    room: Mapped[Room] = relationship(back_populates="furniture")
