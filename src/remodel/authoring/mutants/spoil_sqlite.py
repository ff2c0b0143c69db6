"""Spoils a SQLite database of which a migration is under way."""

import sqlite3
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa

from remodel.authoring.mutants.statements import ColumnSeen, filled
from remodel.database.schema import Column
from remodel.database.sqlite import quoted
from remodel.database.value_changes import ValueChange
from remodel.database.value_changes.change import kind_of


def spoil(bind: sa.Connection, what: ValueChange | str, but: Collection[str]) -> None:
    """Make a change of values, or a statement, in each table of the app that is not in `but`."""
    connection = bind.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    for table in _tables(connection, but):
        columns = _columns(connection, table)
        if isinstance(what, ValueChange):
            for column in columns:
                if column.takes(what):
                    _change_column(connection, table, column.name, what.change)
            continue
        for sql in filled(table, columns, what):
            for statement in sql.split("; ") if "TRIGGER" not in sql else [sql]:
                connection.execute(statement)


def _tables(connection: sqlite3.Connection, but: Collection[str]) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    return [name for (name,) in rows if name not in but and "version" not in name]


def _columns(connection: sqlite3.Connection, table: str) -> list[ColumnSeen]:
    rows = connection.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    keys = connection.execute(f"PRAGMA foreign_key_list({quoted(table)})").fetchall()
    points = {row[3] for row in keys}
    return [
        ColumnSeen(name, kind_of(Column(name, kind, True, None, key)), bool(key) or name in points)
        for _, name, kind, _, _, key in rows
    ]


def _change_column(
    connection: sqlite3.Connection, table: str, column: str, change: Callable[[Any], Any]
) -> None:
    place, name = quoted(table), quoted(column)
    rows = connection.execute(f"SELECT rowid, {name} FROM {place}").fetchall()
    for number, value in rows:
        after = change(value)
        if after != value or type(after) is not type(value):
            connection.execute(
                f"UPDATE OR IGNORE {place} SET {name} = ? WHERE rowid = ?", (after, number)
            )
