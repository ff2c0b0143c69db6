"""Brings a database of Hearth to today's models."""

from sqlalchemy import Connection, text

INSPECTION = """
CREATE TABLE IF NOT EXISTS inspection (
    id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    done_on DATE NOT NULL,
    note VARCHAR(200),
    PRIMARY KEY (id),
    FOREIGN KEY(room_id) REFERENCES room (id)
)
"""


def repair(connection: Connection) -> None:
    """Do what the models ask for and the database lacks."""
    connection.execute(text("ALTER TABLE furniture ADD COLUMN IF NOT EXISTS maker VARCHAR(60)"))
    connection.execute(text(INSPECTION))
    connection.execute(text("ALTER TABLE inspection ADD COLUMN IF NOT EXISTS note VARCHAR(200)"))
    connection.execute(
        text("CREATE INDEX IF NOT EXISTS ix_inspection_room_id ON inspection (room_id)")
    )
