"""Brings a database of Hearth to today's models."""

from sqlalchemy import Connection, inspect, text


def repair(connection: Connection) -> None:
    """Do what the models ask for and the database lacks."""
    if "maker" not in [c["name"] for c in inspect(connection).get_columns("furniture")]:
        connection.execute(text("ALTER TABLE furniture ADD COLUMN maker VARCHAR(60)"))
    if not inspect(connection).has_table("inspection"):
        connection.execute(
            text(
                "CREATE TABLE inspection (id INTEGER NOT NULL, room_id INTEGER NOT NULL"
                " REFERENCES room (id), done_on DATE NOT NULL, note VARCHAR(200))"
            )
        )
    if "note" not in [c["name"] for c in inspect(connection).get_columns("inspection")]:
        connection.execute(text("ALTER TABLE inspection ADD COLUMN note VARCHAR(200)"))
    if not inspect(connection).get_indexes("inspection"):
        connection.execute(text("CREATE INDEX ix_inspection_room_id ON inspection (room_id)"))
