"""What comes out of a migration's reach: the database, and nothing that lies beside its rows."""

import sqlite3
from contextlib import closing
from pathlib import Path

from remodel.database.copy_out import copy_out
from remodel.database.sqlite import damage, read_rows

SECRET = "what the upgrade took away"


def left_by(sql: str, place: Path, behind: bytes = b"") -> bytes:
    """The database that `sql` leaves at `place`, with `behind` at the end of the file."""
    with closing(sqlite3.connect(place)) as connection:
        connection.executescript(sql)
    place.write_bytes(place.read_bytes() + behind)
    return copy_out(place)


def test_what_was_deleted_is_gone(tmp_path: Path) -> None:
    """A later migration finds no value in pages that hold nothing any more."""
    rows = (
        f"WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) SELECT i, '{SECRET}'"
    )
    made = f"""
        PRAGMA secure_delete = OFF;
        CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO room VALUES (1, 'Attic');
        CREATE TABLE furniture (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO furniture {rows} FROM n;
    """
    assert SECRET.encode() in left_by(made, tmp_path / "kept.db")
    content = left_by(f"{made} DROP TABLE furniture;", tmp_path / "dropped.db")
    assert SECRET.encode() not in content
    assert damage(content) is None
    assert read_rows(content, "room") == [{"id": 1, "name": "Attic"}]


def test_what_stands_behind_the_last_page_is_gone(tmp_path: Path) -> None:
    """SQLite never reads it."""
    content = left_by("CREATE TABLE room (id INTEGER)", tmp_path / "a.db", SECRET.encode() * 400)
    assert SECRET.encode() not in content
    assert damage(content) is None
