"""Brings a database of Hearth to today's models."""

from sqlalchemy import Connection, inspect, text


def repair(connection: Connection) -> None:
    """Build a half-made table anew beside the old one, and bring its rows along."""
    found = inspect(connection)
    if "maker" not in [c["name"] for c in found.get_columns("furniture")]:
        connection.execute(text("ALTER TABLE furniture ADD COLUMN maker VARCHAR(60)"))
    there = found.has_table("inspection")
    if there and len(found.get_columns("inspection")) == 4 and found.get_indexes("inspection"):
        return
    connection.execute(
        text(
            "CREATE TABLE inspection_new (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL"
            " REFERENCES room (id), done_on DATE NOT NULL, note VARCHAR(200))"
        )
    )
    if there:
        connection.execute(
            text(
                "INSERT INTO inspection_new (id, room_id, done_on)"
                " SELECT id, room_id, done_on FROM inspection"
            )
        )
        connection.execute(text("DROP TABLE inspection"))
    connection.execute(text("ALTER TABLE inspection_new RENAME TO inspection"))
    connection.execute(text("CREATE INDEX by_room ON inspection (room_id)"))
