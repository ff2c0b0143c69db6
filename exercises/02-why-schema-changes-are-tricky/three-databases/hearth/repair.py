"""Brings a database of Hearth to today's models."""

from sqlalchemy import Connection, text

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


def repair(connection: Connection) -> None:
    """Do what the models ask for and the database lacks."""
    connection.execute(text("ALTER TABLE furniture ADD COLUMN maker VARCHAR(60)"))
    connection.execute(text(INSPECTION))
    connection.execute(text("CREATE INDEX ix_inspection_room_id ON inspection (room_id)"))
