"""Spoils the database of a running migration: what a spoiler's revision calls at its place.

A revision calls this by name, so that no word of the change stands in its text: whoever reads what
an answer compares with finds nothing, and the rows have to show it.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from typing import Any

from remodel.authoring.mutants import held_out, held_out_sql
from remodel.database.schema import Column
from remodel.database.sqlite import quoted
from remodel.database.value_changes import CATALOGUE, ValueChange
from remodel.database.value_changes.change import kind_of

#: Each catalogue of changes of a value: A shapes the rows that a grader uses, B never does.
VALUES: dict[str, dict[str, ValueChange]] = {
    "A": {each.name: each for each in CATALOGUE if "SQLite" in each.engines},
    "B": {each.name: each for each in held_out.VALUES},
}
STATEMENTS = {**held_out_sql.ROWS, **held_out_sql.SCHEMA, **held_out_sql.LIFE}


def spoil(connection: sqlite3.Connection, catalogue: str, name: str, but: Collection[str]) -> None:
    """Do what `catalogue` calls `name` to each table of the app, none of which is in `but`."""
    tables = _tables(connection, but)
    if name in VALUES[catalogue]:
        for table in tables:
            _change(connection, table, VALUES[catalogue][name])
        return
    for table in tables:
        for sql in _filled(connection, table, STATEMENTS[name]):
            for statement in sql.split("; ") if "TRIGGER" not in sql else [sql]:
                connection.execute(statement)


def _tables(connection: sqlite3.Connection, but: Collection[str]) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    return [name for (name,) in rows if name not in but and "version" not in name]


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str, bool]]:
    """Name, kind of value, and whether it is a key or points at one."""
    rows = connection.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    keys = connection.execute(f"PRAGMA foreign_key_list({quoted(table)})").fetchall()
    points = {row[3] for row in keys}
    return [
        (name, kind_of(Column(name, kind, True, None, key)), bool(key) or name in points)
        for _, name, kind, _, _, key in rows
    ]


def _change(connection: sqlite3.Connection, table: str, change: ValueChange) -> None:
    for name, kind, keyed in _columns(connection, table):
        if ("key" if keyed and kind == "integer" else kind) in change.kinds:
            _change_column(connection, table, name, change.change, keyed)


def _change_column(
    connection: sqlite3.Connection,
    table: str,
    column: str,
    change: Callable[[Any], Any],
    keyed: bool,
) -> None:
    place, name = quoted(table), quoted(column)
    rows = connection.execute(f"SELECT rowid, {name} FROM {place}").fetchall()
    for number, value in rows:
        after = change(value)
        if after != value or type(after) is not type(value):
            connection.execute(
                f"UPDATE OR IGNORE {place} SET {name} = ? WHERE rowid = ?", (after, number)
            )


def _filled(connection: sqlite3.Connection, table: str, sql: str) -> Iterator[str]:
    """The statement for each column of `table` that it may be about; none where it has none."""
    columns = _columns(connection, table)
    if not any(name == "id" for name, _, _ in columns):
        return
    names = {
        "text": [quoted(n) for n, kind, keyed in columns if kind == "text" and not keyed],
        "parent": [quoted(n) for n, _, keyed in columns if keyed and n != "id"],
        "last": [quoted(columns[-1][0])],
        "rest": [", ".join(quoted(n) for n, _, _ in columns if n != "id")],
    }
    asked = next((word for word in names if f"{{{word}}}" in sql), "last")
    for each in names[asked]:
        others = {word: values[0] for word, values in names.items() if values}
        yield sql.format(table=table, **{**others, asked: each})
