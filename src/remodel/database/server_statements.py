"""Statements that write to a server's database: each with its values, marked by %s."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from remodel.database.schema import Column, Table
from remodel.database.value_changes import kind_of

Row = dict[str, Any]
Statement = tuple[str, tuple[Any, ...]]


def insert_statements(table: Table, rows: Iterable[Row]) -> Iterator[Statement]:
    """What adds `rows` to `table`. Names are in double quotes, which both servers are told."""
    for row in rows:
        names = ", ".join(map(name_of, row))
        marks = ", ".join("%s" for _ in row)
        values = tuple(_as_typed(table.columns[name], value) for name, value in row.items())
        yield f"INSERT INTO {name_of(table.name)} ({names}) VALUES ({marks})", values


def fill_statements(
    table: Table, rows: Iterable[Row], column: str, values: Iterable[Any]
) -> Iterator[Statement]:
    """What writes `values`, one after the other, where `column` is NULL."""
    where = " AND ".join(f"{name_of(name)} = %s" for name in table.primary_key)
    update = f"UPDATE {name_of(table.name)} SET {name_of(column)} = %s WHERE {where}"
    empty = (row for row in rows if row[column] is None)
    for row, value in zip(empty, values, strict=False):
        typed = _as_typed(table.columns[column], value)
        yield update, (typed, *(row[name] for name in table.primary_key))


def name_of(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'


def _as_typed(column: Column, value: Any) -> Any:
    return bool(value) if value is not None and kind_of(column) == "boolean" else value


def statements_of(sql: str) -> Iterator[str]:
    """The statements in `sql`, one by one: a driver takes no more at once."""
    statement = ""
    for part in sql.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement.strip().removesuffix(";")
            statement = ""
