"""What SQLite keeps about a schema is compared, or is on the list of what is not."""

import sqlite3
from contextlib import closing

import pytest

from remodel.database import scope
from remodel.database.differences import differences
from remodel.database.reflection import read_schema
from remodel.database.schema import Schema


def test_every_pragma_is_compared_or_on_the_list() -> None:
    """Each PRAGMA that this SQLite knows is asked, or somebody has said why not."""
    with closing(sqlite3.connect(":memory:")) as connection:
        known = {name for (name,) in connection.execute("PRAGMA pragma_list")}
    listed = {name for each in scope.NOT_COMPARED for name in each.pragmas}
    assert known - listed - set(scope.ASKED) - set(scope.SETTINGS) == set()
    assert not listed & {*scope.ASKED, *scope.SETTINGS}


def test_every_column_of_the_schema_table_is_compared_or_on_the_list() -> None:
    """sqlite_schema has a column more one day, perhaps."""
    with closing(sqlite3.connect(":memory:")) as connection:
        rows = connection.execute("PRAGMA table_info(sqlite_master)").fetchall()
    listed = {name for each in scope.NOT_COMPARED for name in each.columns}
    assert {row[1] for row in rows} == {*scope.COLUMNS, *listed}


@pytest.mark.parametrize("setting", sorted(scope.SETTINGS))
def test_a_setting_that_migrates_with_the_file_is_compared(setting: str) -> None:
    """Whoever keeps something there has changed the database."""
    other = "'UTF-16le'" if setting == "encoding" else "1"
    (found,) = differences(_schema(""), _schema(f"PRAGMA {setting} = {other};"))
    assert setting in found.sentence


def _schema(sql: str) -> Schema:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(f"{sql} CREATE TABLE t (a INTEGER);")
        return read_schema(connection.serialize())


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA page_size = 8192; CREATE TABLE t (a TEXT);",
        "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x'); ANALYZE;",
        "CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE u; "
        "CREATE TABLE t (a TEXT);",
        "CREATE TABLE t (a TEXT); CREATE TABLE u (a); DROP TABLE u;",
    ],
)
def test_what_is_on_the_list_makes_no_difference(change: str) -> None:
    """Pages, statistics, what AUTOINCREMENT leaves behind, and the count of changes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(change)
        changed = read_schema(connection.serialize())
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("CREATE TABLE t (a TEXT);")
        assert differences(read_schema(connection.serialize()), changed) == []
