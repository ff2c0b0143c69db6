"""Two databases compared inside SQLite: which tables have other rows."""

import pytest

from remodel.database.comparison import changed_tables
from remodel.database.sqlite import run_script

BASE = run_script(
    b"",
    """
    CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, size NUMERIC);
    INSERT INTO room VALUES (1, 'Kitchen', 12), (2, 'Hall', NULL), (3, '', 1);
    CREATE TABLE log (line TEXT);
    INSERT INTO log VALUES ('twice'), ('twice');
    """,
)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE room SET name = 'kitchen' WHERE id = 1",
        "UPDATE room SET name = NULL WHERE id = 3",
        "UPDATE room SET name = CAST(name AS BLOB) WHERE id = 1",
        "UPDATE room SET size = 1.5 WHERE id = 3",
        "UPDATE room SET id = 4 WHERE id = 3",
        "DELETE FROM room WHERE id = 2",
        "INSERT INTO room VALUES (4, NULL, NULL)",
    ],
)
def test_a_table_with_other_rows_is_named(sql: str) -> None:
    """A value of other case or type, a key, a row that is gone, a row that is new."""
    assert changed_tables(BASE, run_script(BASE, sql)) == ["room"]


def test_one_of_two_rows_that_are_alike_is_missed() -> None:
    """Without a key, rows are counted."""
    assert changed_tables(BASE, run_script(BASE, "DELETE FROM log WHERE rowid = 2")) == ["log"]


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE room ADD COLUMN colour TEXT; UPDATE room SET colour = 'red'",
        "ALTER TABLE room DROP COLUMN size",
        "CREATE TABLE lamp (id INTEGER); INSERT INTO lamp VALUES (1)",
        "DROP TABLE log",
    ],
)
def test_tables_and_columns_of_one_side_alone_are_for_the_schema_to_judge(sql: str) -> None:
    """What both have is compared, and nothing else."""
    assert changed_tables(BASE, run_script(BASE, sql)) == []


def test_an_empty_database_has_no_table_to_compare() -> None:
    """Whichever side it stands on."""
    assert changed_tables(b"", BASE) == changed_tables(BASE, b"") == []
