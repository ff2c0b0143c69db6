"""Each kind of difference: seen from both sides, and never where there is none."""

import sqlite3

import pytest

from remodel.database.differences import SENTENCES, differences, lost_names
from remodel.database.reflection import read_schema
from remodel.database.schema import Schema

BASE = """
CREATE TABLE lamp (id INTEGER);
CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE furniture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(80) COLLATE NOCASE,
    price INTEGER DEFAULT 5 CONSTRAINT ck_price CHECK (price > 0),
    room_id INTEGER REFERENCES room(id) ON DELETE CASCADE,
    UNIQUE (name, room_id)
);
CREATE INDEX ix_price ON furniture (price);
CREATE TRIGGER shout AFTER INSERT ON room BEGIN SELECT 1; END;
CREATE VIEW dear AS SELECT * FROM furniture WHERE price > 99;
"""
#: What is taken from BASE, what is put there, and the kinds of difference that this makes.
CHANGES = [
    ("CREATE TABLE lamp (id INTEGER);", "", {"no table"}),
    (", name TEXT NOT NULL", "", {"no column"}),
    ("name TEXT NOT NULL", "name VARCHAR(70) NOT NULL", {"other type"}),
    ("TEXT NOT NULL", "TEXT", {"other NULL rule"}),
    (" COLLATE NOCASE", "", {"other collation"}),
    (
        "price INTEGER DEFAULT 5",
        "price INTEGER GENERATED ALWAYS AS (5)",
        {"other generation", "other default"},
    ),
    ("DEFAULT 5", "DEFAULT 6", {"other default"}),
    ("id INTEGER PRIMARY KEY, name", "id INTEGER, name", {"other primary key", "other NULL rule"}),
    (" AUTOINCREMENT", "", {"other autoincrement"}),
    (" ON DELETE CASCADE", "", {"other foreign key"}),
    (" REFERENCES room(id) ON DELETE CASCADE", "", {"no foreign key"}),
    (",\n    UNIQUE (name, room_id)", "", {"no unique rule"}),
    ("CREATE INDEX ix_price ON furniture (price);", "", {"no index", "no name"}),
    (" CONSTRAINT ck_price CHECK (price > 0)", "", {"no check", "no name"}),
    ("ck_price", "ck_other", {"no name", "extra name"}),
    ("price > 0)", "price > 1)", {"no check", "extra check"}),
    (
        "CREATE INDEX ix_price ON furniture (price);",
        "CREATE INDEX ix_price ON furniture (name); CREATE INDEX ix ON furniture (price);",
        {"extra index", "extra name", "other rule"},
    ),
    ("id INTEGER PRIMARY KEY, name", "id INT NOT NULL PRIMARY KEY, name", {"other numbering"}),
    ("NOT NULL);", "NOT NULL) STRICT;", {"other options"}),
    ("NOT NULL);", "NOT NULL ON CONFLICT IGNORE);", {"other NULL conflict"}),
    ("room_id)\n", "room_id) ON CONFLICT REPLACE\n", {"other unique conflict"}),
    ("CREATE VIEW", "PRAGMA user_version = 7; CREATE VIEW", {"other setting"}),
    (
        "CREATE VIEW",
        "INSERT INTO sqlite_sequence VALUES ('kept', 7); CREATE VIEW",
        {"extra number"},
    ),
    ("CREATE TRIGGER shout AFTER INSERT ON room BEGIN SELECT 1; END;", "", {"no trigger"}),
    ("SELECT 1", "SELECT 2", {"other trigger"}),
    ("CREATE VIEW dear AS SELECT * FROM furniture WHERE price > 99;", "", {"no view"}),
    ("price > 99", "price > 98", {"other view"}),
    ("TABLE room", "TABLE _alembic_tmp_x (id INTEGER); CREATE TABLE room", {"batch left behind"}),
]


#: Kinds of which SQLite has none: tests/database/test_server_schemas.py makes each of them.
OF_SERVERS = {"no object", "extra object", "other object", "other numbers", "invalid index"}


def schema_of(sql: str) -> Schema:
    """The schema that `sql` makes."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(sql)
    content = connection.serialize()
    connection.close()
    return read_schema(content)


def kinds(wanted: str, actual: str) -> set[str]:
    """The kinds of all differences, whatever an exercise compares."""
    found = differences(schema_of(wanted), schema_of(actual), ("names", "defaults"))
    return {difference.kind for difference in found}


@pytest.mark.parametrize(("was", "becomes", "expected"), CHANGES)
def test_a_difference_says_its_kind_from_both_sides(
    was: str, becomes: str, expected: set[str]
) -> None:
    """What one side lacks, the other has too many."""
    assert was in BASE
    changed = BASE.replace(was, becomes, 1)
    assert kinds(BASE, changed) == expected
    if expected != {"batch left behind"}:
        swap = {"no": "extra", "extra": "no", "other": "other"}
        mirrored = {f"{swap[k.split()[0]]} {k.split(' ', 1)[1]}" for k in expected}
        assert kinds(changed, BASE) == mirrored
    assert kinds(changed, changed) <= {"batch left behind"}


def test_every_kind_that_has_a_sentence_is_among_the_changes() -> None:
    """A kind that no change makes would be a sentence that nobody has read."""
    made = {kind for _, _, expected in CHANGES for kind in expected}
    mirrored = {kind.replace("no ", "extra ", 1) for kind in made if kind.startswith("no ")}
    mirrored |= {kind.replace("extra ", "no ", 1) for kind in made if kind.startswith("extra ")}
    kept = {each.kind for each in lost_names(schema_of(BASE), schema_of(BASE.replace("ck_", "")))}
    assert made | mirrored | kept | OF_SERVERS == set(SENTENCES)


ALEMBIC = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL{});"


@pytest.mark.parametrize("key", ["", ", CONSTRAINT pk PRIMARY KEY (version_num)"])
def test_the_table_that_alembic_keeps_is_no_difference(key: str) -> None:
    """A database has it or not, with a key or without."""
    assert kinds(BASE, BASE + ALEMBIC.format(key)) == set()
    assert kinds(BASE + ALEMBIC.format(key), BASE) == set()


def test_what_somebody_puts_into_alembics_table_is_seen() -> None:
    """It is no place to keep something for the way back."""
    more = BASE + ALEMBIC.format(", note TEXT")
    assert kinds(BASE, more) == {"extra column"}
    assert kinds(more, BASE) == {"no column"}
    assert kinds(BASE + ALEMBIC.format(""), more) == {"extra column"}
