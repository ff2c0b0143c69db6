"""Brings a database of Hearth to today's models."""

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

INSPECTION = """
CREATE TABLE inspection (
    id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    done_on DATE NOT NULL,
    note VARCHAR(200),
    PRIMARY KEY (id),
    FOREIGN KEY(room_id) REFERENCES room (id)
)
"""

STEPS = (
    "ALTER TABLE furniture ADD COLUMN maker VARCHAR(60)",
    INSPECTION,
    "ALTER TABLE inspection ADD COLUMN note VARCHAR(200)",
    "CREATE INDEX ix_inspection_room_id ON inspection (room_id)",
)


def repair(connection: Connection) -> None:
    """Try every step by itself, and go on where it has been done already."""
    for step in STEPS:
        try:
            connection.execute(text(step))
        except OperationalError as error:
            if not ("already exists" in str(error) or "duplicate column name" in str(error)):
                raise
