"""What people do to a database between two commands, and what of it has to stay."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from remodel.database.random_rows import make_rows
from remodel.database.reflection import read_schema
from remodel.database.schema import Table
from remodel.database.sqlite import read_rows, run_script
from remodel.database.values import Row
from remodel.grading.project.life import SOME, Instance, Life, lead

BEFORE = """
CREATE TABLE room (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE);
CREATE TABLE furniture (
    id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, room_id INTEGER NOT NULL REFERENCES room
);
INSERT INTO room VALUES (1, 'Hall'), (2, 'Attic'), (3, 'Kitchen'), (4, 'Shed'), (5, 'Porch');
INSERT INTO furniture VALUES (1, 'chair', 1), (2, 'bed', 2), (3, 'sofa', 1), (4, 'desk', 2);
"""
AFTER = f"""{BEFORE}
ALTER TABLE furniture ADD COLUMN number INTEGER CHECK (number > 0);
CREATE TABLE photo (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL REFERENCES room);
"""


def further(table: Table, parents: Mapping[str, Sequence[Any]]) -> list[Row]:
    """Rows as the grader makes them."""
    return make_rows(table, 2 * SOME, "seed", parents)


@pytest.fixture
def life() -> Life:
    """What people do to AFTER, which was BEFORE once."""
    content = run_script(b"", AFTER)
    before = read_schema(run_script(b"", BEFORE))
    return lead(Instance(content, read_schema(content)), before, further)


def test_rows_are_added_changed_and_deleted(life: Life) -> None:
    """In a table that was there, each of the three happens; a new table gets rows."""
    done = {(change.table, change.verb) for change in life.changes}
    assert done >= {("furniture", verb) for verb in ("added", "changed", "deleted")}
    assert ("photo", "added") in done


def test_new_columns_hold_values_and_nulls(life: Life) -> None:
    """Rows with and without a value in the new column are added, and old rows get values there."""
    added = [c.values["number"] for c in life.changes if c.verb == "added" and "number" in c.values]
    assert None in added
    assert any(added)
    alone = [c for c in life.changes if c.verb == "changed" and [*c.values] == ["number"]]
    assert alone


def test_some_rows_are_twins(life: Life) -> None:
    """Two rows are added that are equal in all but the key."""
    added = [c.values for c in life.changes if c.verb == "added" and c.table == "furniture"]
    assert any(values in added[:number] for number, values in enumerate(added))


def test_a_life_is_lived_alike_wherever_the_rows_are_the_same(life: Life) -> None:
    """What it says is what comes of it, also where the columns stand in another order."""
    other = AFTER.replace("name VARCHAR(20) NOT NULL, room_id", "room_id").replace(
        "REFERENCES room\n);", "REFERENCES room, name VARCHAR(20) NOT NULL\n);", 1
    )
    other = other.replace("'chair', 1", "1, 'chair'").replace("'bed', 2", "2, 'bed'")
    other = other.replace("'sofa', 1", "1, 'sofa'").replace("'desk', 2", "2, 'desk'")
    one, two = (life.lived(run_script(b"", sql)) for sql in (AFTER, other))
    for table in "room", "furniture", "photo":
        assert read_rows(one, table) == read_rows(two, table)


def test_it_remembers_what_was_done_to_a_row(life: Life) -> None:
    """The last change of a row is told; of one that nobody touched, nothing."""
    for change in life.changes:
        key = tuple(change.key.values())
        last = [c.verb for c in life.changes if c.table == change.table and c.key == change.key][-1]
        assert life.verb(change.table, key) == last
    assert life.verb("furniture", (4711,)) == ""
