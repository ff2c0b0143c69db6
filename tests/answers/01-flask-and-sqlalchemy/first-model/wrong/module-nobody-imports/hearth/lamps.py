"""The lamps, as Python sees them."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hearth.database import db


class Lamp(db.Model):
    """A lamp, which always belongs to a room."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    watts: Mapped[int | None]
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
