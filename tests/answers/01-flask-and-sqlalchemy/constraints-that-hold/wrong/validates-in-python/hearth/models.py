"""The rooms and the furniture, as Python sees them."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from hearth.database import db


class Room(db.Model):
    """A room of the house."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(80))

    furniture: Mapped[list["Furniture"]] = relationship(
        back_populates="room",
        primaryjoin="Room.id == foreign(Furniture.room_id)",
        order_by="Furniture.name, Furniture.id",
    )


class Furniture(db.Model):
    """Furniture of one kind: so many pieces of it, in one room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(80))
    pieces: Mapped[int | None]
    room_id: Mapped[int | None]

    @validates("pieces")
    def at_least_one(self, _key: str, pieces: int) -> int:
        """Refuse less than one piece."""
        if pieces < 1:
            raise ValueError("One piece at least.")
        return pieces

    @validates("name", "room_id")
    def is_there(self, key: str, value: object) -> object:
        """Refuse what is left out."""
        if value is None:
            raise ValueError(f"{key} is needed.")
        return value

    room: Mapped[Room | None] = relationship(
        back_populates="furniture", primaryjoin="Room.id == foreign(Furniture.room_id)"
    )
