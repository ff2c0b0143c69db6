"""Brings a database of Hearth to today's models, whatever was typed into it by hand."""

from sqlalchemy import Connection, inspect, text

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
    """Do what this database lacks, and nothing else."""
    if "maker" not in columns(connection, "furniture"):
        connection.execute(text("ALTER TABLE furniture ADD COLUMN maker VARCHAR(60)"))
    if not inspect(connection).has_table("inspection"):
        connection.execute(text(INSPECTION))
    # A table that is there may still be half of what it should be.
    if "note" not in columns(connection, "inspection"):
        connection.execute(text("ALTER TABLE inspection ADD COLUMN note VARCHAR(200)"))
    if ["room_id"] not in indexed(connection, "inspection"):
        connection.execute(text("CREATE INDEX ix_inspection_room_id ON inspection (room_id)"))


def columns(connection: Connection, table: str) -> list[str]:
    """Name the columns that `table` has now."""
    return [column["name"] for column in inspect(connection).get_columns(table)]


def indexed(connection: Connection, table: str) -> list[list[str | None]]:
    """List what each index on `table` is about."""
    return [index["column_names"] for index in inspect(connection).get_indexes(table)]
