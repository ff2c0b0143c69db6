"""The inspections of the rooms, as Python sees them."""

from datetime import date

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class Inspection(db.Model):
    """A day on which somebody looked a room over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    done_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
