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
    """Ask SQLite itself, with its own statements."""
    connection.execute(text(INSPECTION))
    for table, column, kind in (("furniture", "maker", 60), ("inspection", "note", 200)):
        asked = text("SELECT 1 FROM pragma_table_info(:table) WHERE name = :column")
        if not connection.scalar(asked, {"table": table, "column": column}):
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR({kind})"))
    connection.execute(
        text("CREATE INDEX IF NOT EXISTS ix_inspection_room_id ON inspection (room_id)")
    )
