"""What a schema does is tried out: also what no text of it would tell."""

import sqlite3
from contextlib import closing

import pytest

from remodel.database.probes import Odd, first_odd, response_to
from remodel.database.reflection import read_schema

HOUSE = """
CREATE TABLE room (
    id INTEGER NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL CONSTRAINT uq_room_name UNIQUE,
    colour VARCHAR(30) DEFAULT 'white'
);
CREATE TABLE furniture (
    id INTEGER NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    pieces INTEGER CHECK (pieces > 0),
    room_id INTEGER NOT NULL REFERENCES room (id)
);
"""
ROWS = """
INSERT INTO room (id, name, colour)
VALUES (1, 'Kitchen', 'green'), (2, 'Attic', NULL), (5, 'Hall', '');
INSERT INTO furniture VALUES (1, 'Table', 1, 1), (2, 'Chair', 4, 1), (7, 'Chest', 1, 2);
"""


def database(sql: str) -> bytes:
    """The bytes of a database that `sql` makes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(sql)
        return connection.serialize()


def odd(changed: str) -> Odd | None:
    """What is odd about a house that should be like HOUSE."""
    return first_odd(database(changed), database(HOUSE), read_schema(database(HOUSE)))


UNIQUE = "CONSTRAINT uq_room_name UNIQUE"
REFERENCES = "REFERENCES room (id)"
END = "room_id INTEGER NOT NULL REFERENCES room (id)\n);"


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ("id INTEGER NOT", "id INT NOT", "A new row of room without id is refused:"),
        (
            "furniture (\n    id INTEGER NOT NULL PRIMARY KEY",
            "furniture (\n    id INTEGER",
            "A new row of furniture without id leaves",
        ),
        (
            UNIQUE,
            "UNIQUE ON CONFLICT REPLACE",
            "A second row of room with name = 'Hall' takes the place of the first.",
        ),
        (
            UNIQUE,
            "UNIQUE ON CONFLICT IGNORE",
            "A second row of room with name = 'Hall' is dropped without a word.",
        ),
        (UNIQUE, "COLLATE NOCASE UNIQUE", "with name = 'hALL' beside 'Hall' is refused"),
        (UNIQUE, "", "A second row of room with name = 'Hall' is taken."),
        (
            "name VARCHAR(80) NOT NULL,",
            "name VARCHAR(80),",
            "A row of furniture with NULL as its name is taken.",
        ),
        (
            "name VARCHAR(80) NOT NULL,",
            "name VARCHAR(80) NOT NULL ON CONFLICT IGNORE,",
            "A row of furniture with NULL as its name is dropped without a word.",
        ),
        ("pieces > 0", "pieces > 0 AND pieces < 100", "pieces = 1099511627776 is refused"),
        (" CHECK (pieces > 0)", "", "pieces = 0 is taken"),
        ("DEFAULT 'white'", "DEFAULT 'black'", "says nothing of colour leaves"),
        (REFERENCES, "", "and no such room, is taken."),
        (
            REFERENCES,
            f"{REFERENCES} DEFERRABLE INITIALLY DEFERRED",
            "is refused only when the transaction ends",
        ),
        (
            REFERENCES,
            f"{REFERENCES} ON DELETE CASCADE",
            "Deleting a row of room that still has rows in furniture takes rows of furniture along",
        ),
        (REFERENCES, f"{REFERENCES} ON UPDATE CASCADE", "An UPDATE of room.id"),
        (
            END,
            f"{END} CREATE TRIGGER t AFTER DELETE ON furniture BEGIN DELETE FROM furniture; END;",
            "Deleting a row of furniture leaves 0 rows in furniture, not 2.",
        ),
        (
            END,
            f"{END} CREATE TRIGGER t AFTER UPDATE OF colour ON room "
            "BEGIN UPDATE room SET name = 'x' || name WHERE id = old.id; END;",
            "to NULL leaves name = 'xKitchen' in room, not name = 'Kitchen'.",
        ),
        (
            "furniture (\n    id INTEGER NOT NULL PRIMARY KEY",
            "furniture (\n    id INTEGER PRIMARY KEY AUTOINCREMENT",
            "after the last one was deleted leaves",
        ),
        (");\nCREATE", ") WITHOUT ROWID;\nCREATE", "without id is refused"),
    ],
)
def test_what_a_schema_does_otherwise_is_seen(was: str, becomes: str, sentence: str) -> None:
    """Each says what was tried, and what came of it."""
    assert was in HOUSE
    found = odd(HOUSE.replace(was, becomes, 1) + ROWS)
    assert found and sentence in "\n".join(found.lines), found


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("", ""),
        ("CONSTRAINT uq_room_name UNIQUE", "UNIQUE"),
        ("pieces > 0", "0 < pieces"),
        ("pieces > 0", "NOT pieces <= 0"),
        (
            "pieces INTEGER CHECK (pieces > 0),\n    room_id INTEGER NOT NULL REFERENCES room (id)",
            "room_id INTEGER NOT NULL REFERENCES room, pieces INTEGER, CHECK (pieces >= 1)",
        ),
        ("'white'", "('wh' || 'ite')"),
    ],
)
def test_what_does_the_same_is_not_odd(was: str, becomes: str) -> None:
    """However it is written, and in whichever order."""
    changed = HOUSE.replace(was, becomes, 1) if was else HOUSE
    rows = ROWS.replace("furniture VALUES", "furniture (id, name, pieces, room_id) VALUES")
    assert odd(changed + rows) is None


#: A foreign key in other words, and more rows of each table than are looked at.
BY_TRIGGERS = """
CREATE TRIGGER come BEFORE INSERT ON furniture
WHEN NOT EXISTS (SELECT 1 FROM room WHERE id = NEW.room_id) BEGIN SELECT RAISE(ABORT, 'room'); END;
CREATE TRIGGER move BEFORE UPDATE ON furniture
WHEN NOT EXISTS (SELECT 1 FROM room WHERE id = NEW.room_id) BEGIN SELECT RAISE(ABORT, 'room'); END;
CREATE TRIGGER goes BEFORE DELETE ON room
WHEN EXISTS (SELECT 1 FROM furniture WHERE room_id = OLD.id) BEGIN SELECT RAISE({}, 'full'); END;
CREATE TRIGGER turns BEFORE UPDATE OF id ON room WHEN NEW.id <> OLD.id
AND EXISTS (SELECT 1 FROM furniture WHERE room_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'full'); END;
WITH RECURSIVE n (x) AS (SELECT 10 UNION ALL SELECT x + 1 FROM n WHERE x < 99)
INSERT INTO room SELECT x, 'Room ' || x, 'red' FROM n;
INSERT INTO furniture SELECT id + 100, 'Stool', 1, id FROM room WHERE id >= 10;
"""


@pytest.mark.parametrize("how", ["ABORT", "FAIL", "ROLLBACK"])
def test_triggers_that_keep_every_row_are_not_odd(how: str) -> None:
    """Where one of the two keeps its rows for itself, both keep them."""
    assert odd(HOUSE.replace(f" {REFERENCES}", "") + ROWS + BY_TRIGGERS.format(how)) is None


@pytest.mark.parametrize(
    "but", ["name NOT LIKE 'Room %'", "name NOT GLOB 'Room*'", "substr(name, 1, 4) <> 'Room'"]
)
def test_an_index_that_leaves_some_texts_out_is_seen(but: str) -> None:
    """Rows that hold a text which the index names are put there twice."""
    partial = f"CREATE UNIQUE INDEX once ON room (name) WHERE {but};"
    found = odd(
        HOUSE.replace(UNIQUE, "").replace("80) NOT NULL ,", "80) NOT NULL,") + ROWS + partial
    )
    assert found and found.lines[0].startswith("Two rows of room with name = 'Room"), found


def test_nothing_is_odd_where_there_are_no_rows() -> None:
    """There is no row to try things with."""
    assert odd(HOUSE) is None


@pytest.mark.parametrize(
    ("clause", "what"),
    [
        ("", ""),
        (" ON CONFLICT REPLACE", "gave up another row for it"),
        (" ON CONFLICT IGNORE", "dropped it without a word"),
        (" ON CONFLICT ROLLBACK", ""),
    ],
)
def test_what_becomes_of_a_second_row_is_said(clause: str, what: str) -> None:
    """A row that was dropped without a word was not taken."""
    content = database(HOUSE.replace("name UNIQUE", f"name UNIQUE{clause}") + ROWS)
    assert response_to(content, "INSERT INTO room (name) VALUES ('Hall')") == what
    assert response_to(content, "INSERT INTO room (name) VALUES ('Cellar')") == "took it"


def test_many_rows_are_as_good_as_few() -> None:
    """What is tried is tried with some of them, and with rows whose parent is there."""
    many = """
        WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        INSERT INTO room (id, name) SELECT i, 'Room ' || i FROM n;
        INSERT INTO furniture (name, pieces, room_id) SELECT 'Chair', 1, 510 - id FROM room
        WHERE id >= 10;
    """
    replaced = HOUSE.replace("name UNIQUE", "name UNIQUE ON CONFLICT REPLACE")
    assert odd(HOUSE + ROWS + many) is None
    found = odd(replaced + ROWS + many)
    assert found and "takes the place of the first" in found.lines[0]


def test_a_table_that_keeps_too_many_rows_is_odd() -> None:
    """What cannot be compared row by row after each deed is refused in words."""
    kept = """
        CREATE TRIGGER stay BEFORE DELETE ON room BEGIN SELECT RAISE(ABORT, 'stay'); END;
        WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 2010)
        INSERT INTO room (id, name) SELECT i, 'Room ' || i FROM n;
    """
    found = odd(HOUSE + ROWS + kept)
    assert found and found.lines[0].startswith("room keeps 2004 rows: ")
