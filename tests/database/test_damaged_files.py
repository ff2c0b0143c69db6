"""A database file in which bytes have changed: it is read, or it is said that it cannot be."""

import contextlib
import random
import sqlite3
from collections.abc import Callable

import pytest

from remodel.database import sqlite
from remodel.database.comparison import changed_tables, filled_since
from remodel.database.probes import first_odd
from remodel.database.reflection import read_schema
from remodel.database.schema import ForeignKey
from remodel.grading.project.state import State
from remodel.grading.refusal import Refused

HOUSE = """
PRAGMA foreign_keys = OFF;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0002');
CREATE TABLE room (id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, size TEXT DEFAULT 'x',
    PRIMARY KEY (id), CONSTRAINT uq UNIQUE (name), CHECK (length(name) > 0));
CREATE TABLE furniture (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE,
    room_id INTEGER REFERENCES room (id) ON DELETE CASCADE,
    twice REAL GENERATED ALWAYS AS (id * 2) VIRTUAL);
CREATE INDEX ix ON furniture (room_id) WHERE room_id > 0;
CREATE VIEW names AS SELECT name FROM room;
CREATE TRIGGER tidy AFTER INSERT ON room BEGIN UPDATE room SET size = 'x' WHERE id = new.id; END;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO furniture (name, room_id) SELECT 'é' || i, i % 7 FROM n;
INSERT INTO room (id, name) SELECT room_id, group_concat(name) FROM furniture GROUP BY room_id;
"""
#: What stands in a definition is more often read than what stands elsewhere.
IN_SQL = b"\0\x80\xff\"'()`[],; aZ1-/*"
KEY = ForeignKey(("room_id",), "room", ("id",), "CASCADE", "NO ACTION", False)


def mutated(house: bytes, rng: random.Random) -> bytes:
    """`house` with a few bytes changed: anywhere, in its schema, or a piece put elsewhere."""
    content = bytearray(house)
    kind = rng.randrange(3)
    if kind == 0:
        for _ in range(rng.choice((1, 2, 20))):
            content[rng.randrange(16, len(content))] = rng.randrange(256)
    elif kind == 1:
        start = house.find(rng.choice((b"CREATE TABLE", b"CREATE IN", b"CREATE V", b"CREATE TR")))
        for _ in range(rng.choice((1, 2, 4))):
            content[start + rng.randrange(90)] = rng.choice(IN_SQL)
    else:
        here, there = (rng.randrange(16, len(content) - 400) for _ in range(2))
        content[here : here + 300] = content[there : there + 300]
    return bytes(content)


def questions(house: bytes, content: bytes) -> list[Callable[[], object]]:
    """All that a grading asks of a database, and does with it."""
    return [
        lambda: State({"": content}, "alembic_version").snapshot(),
        lambda: sqlite.orphans(content),
        lambda: sqlite.damage(content),
        lambda: changed_tables(house, content),
        lambda: first_odd(content, house, read_schema(house)),
        lambda: changed_tables(content, house),
        lambda: filled_since(house, content),
        lambda: sqlite.insert_rows(content, "room", [{"name": "q"}]),
        lambda: sqlite.fill_nulls(content, "room", "size", ["a"]),
        lambda: sqlite.delete_a_parent(content, "furniture", KEY),
    ]


@pytest.mark.parametrize("count", [150, pytest.param(10_000, marks=pytest.mark.slow)])
def test_no_change_of_a_file_breaks_its_reader(count: int) -> None:
    """It answers, or says that it is unreadable, or that the database refuses what is asked."""
    house = sqlite.run_script(b"", HOUSE)
    assert read_schema(house)["furniture"].foreign_keys
    rng = random.Random(count)
    expected = (sqlite.UnreadableDatabase, Refused, sqlite3.IntegrityError)
    for _ in range(count):
        for ask in questions(house, mutated(house, rng)):
            with contextlib.suppress(*expected, sqlite3.OperationalError):
                ask()


def test_a_table_of_too_many_rows_is_refused_and_never_read_in_part() -> None:
    too_many = sqlite.run_script(
        b"",
        f"""
        CREATE TABLE grain (id INTEGER PRIMARY KEY);
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {sqlite.MOST_ROWS})
        INSERT INTO grain SELECT i FROM n;
    """,
    )
    with pytest.raises(sqlite.UnreadableDatabase, match="table grain holds more than 200,000 rows"):
        sqlite.read_rows(too_many, "grain")
    all_but_one = sqlite.run_script(too_many, "DELETE FROM grain WHERE id = 0")
    assert len(sqlite.read_rows(all_but_one, "grain")) == sqlite.MOST_ROWS
