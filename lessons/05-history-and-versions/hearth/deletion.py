"""A deletion that loses nothing, whoever else writes at the same moment."""

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hearth.database import db
from hearth.models import Furniture, Room


def delete_empty(room: Room) -> bool:
    """Delete a room that holds nothing, or change nothing."""
    if room.furniture:
        return False
    inside = select(Furniture.id).where(Furniture.room_id == room.id)
    db.session.delete(room)
    try:
        db.session.flush()
        # Somebody may have brought a chair in since the look above. PostgreSQL refuses then, by
        # its foreign key. SQLite does not, but lets nobody else write from here to the commit.
        if db.session.scalar(inside) is None:
            db.session.commit()
            return True
    except IntegrityError as refused:
        current_app.logger.error("%s", refused.orig)
    db.session.rollback()
    return False
