"""What comes out of a migration's reach: the database, and nothing that lies beside its rows."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

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


FULL = """
    PRAGMA secure_delete = OFF;
    CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT);
    CREATE INDEX by_name ON room (name);
    WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
    INSERT INTO room SELECT i, 'Room ' || i || hex(zeroblob(i)) FROM n;
"""


def kept_at(place: Path, offset: int, length: int = 20) -> bytes:
    """What `copy_out` gives of the file at `place` where somebody wrote SECRET at `offset`."""
    with place.open("r+b") as file:
        file.seek(offset)
        file.write(SECRET.encode()[:length])
    return copy_out(place)


@pytest.mark.parametrize("page", [0, 1, 2, 3, 40])
def test_what_stands_where_sqlite_keeps_nothing_is_gone(page: int, tmp_path: Path) -> None:
    """In a page between the list of its rows and the rows."""
    place = tmp_path / "a.db"
    content = left_by(FULL, place)
    head = page * 4096 + (100 if page == 0 else 0)
    count = int.from_bytes(content[head + 3 : head + 5])
    gap = head + (12 if content[head] in (2, 5) else 8) + 2 * count
    assert gap + 30 < page * 4096 + int.from_bytes(content[head + 5 : head + 7])
    assert kept_at(place, gap + 8) == content
    assert damage(content) is None


@pytest.mark.parametrize(("offset", "length"), [(48, 4), (72, 20), (96, 4)])
def test_what_the_header_says_to_nobody_is_gone(offset: int, length: int, tmp_path: Path) -> None:
    """How much to keep in memory, what later versions may need, and which version wrote."""
    place = tmp_path / "a.db"
    content = left_by(FULL, place)
    assert kept_at(place, offset, length) == content
    assert damage(content) is None


def test_what_was_deleted_between_other_rows_is_gone(tmp_path: Path) -> None:
    """The rest of the page stays, and so do all other rows."""
    secret = f"UPDATE room SET name = '{SECRET}' WHERE id = 20;"
    assert SECRET.encode() in left_by(f"{FULL}{secret}", tmp_path / "kept.db")
    content = left_by(f"{FULL}{secret} DELETE FROM room WHERE id = 20;", tmp_path / "gone.db")
    assert SECRET.encode() not in content
    assert damage(content) is None
    assert [row["id"] for row in read_rows(content, "room")] == [*range(1, 20), *range(21, 501)]


def test_what_the_planner_counted_is_gone(tmp_path: Path) -> None:
    """A row of its tables that a migration wrote is no place to count in."""
    content = left_by(
        f"{FULL} ANALYZE; INSERT INTO sqlite_stat1 VALUES ('kept', NULL, '7');", tmp_path / "a.db"
    )
    assert read_rows(content, "sqlite_stat1") == []
    assert len(read_rows(content, "room")) == 500
