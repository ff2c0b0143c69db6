"""What is in a database, whatever kind it is of, and what becomes of it when rows are added.

The bytes of a SQLite file are asked by sqlite.py and its neighbours. A database of a server knows
what it holds, and its server changes it.
"""

from collections.abc import Collection, Iterable
from typing import Any

from remodel.database import comparison, reflection, sqlite
from remodel.database.schema import ForeignKey, Schema
from remodel.database.server_database import Row, ServerDatabase
from remodel.database.server_statements import fill_statements, insert_statements, statements_of


def read_schema(content: bytes, version_table: str = "alembic_version") -> Schema:
    """The schema in `content`, with Alembic's own table apart."""
    if isinstance(content, ServerDatabase):
        return content.schema(version_table)
    return reflection.read_schema(content, version_table)


def read_rows(content: bytes, table: str) -> list[Row]:
    """Every row of `table` in the order of its key; raises KeyError without the table."""
    if isinstance(content, ServerDatabase):
        return content.rows(table)
    return sqlite.read_rows(content, table)


def read_version(content: bytes, version_table: str = "alembic_version") -> tuple[str, ...]:
    """What the database itself says its revisions are; empty where nothing was applied."""
    if not isinstance(content, ServerDatabase):
        return sqlite.read_version(content, version_table)
    try:
        return tuple(sorted(str(row["version_num"]) for row in content.rows(version_table)))
    except KeyError:  # the table, or its column
        return ()


def orphans(content: bytes) -> list[tuple[str, int, str]]:
    """Rows whose parent is missing: (table, its number, parent table)."""
    if isinstance(content, ServerDatabase):
        return content.orphans()
    return sqlite.orphans(content)


def changed_tables(before: bytes, after: bytes) -> list[str]:
    """The tables of both databases whose rows are not the same, in the columns that both have."""
    if not (isinstance(before, ServerDatabase) and isinstance(after, ServerDatabase)):
        return comparison.changed_tables(before, after)
    then, now = before.schema("").tables, after.schema("").tables
    return [
        name
        for name in then.keys() & now.keys()
        if (shared := then[name].columns.keys() & now[name].columns.keys())
        and _cut(before.rows(name), shared) != _cut(after.rows(name), shared)
    ]


def _cut(rows: Iterable[Row], columns: Iterable[str]) -> list[str]:
    return sorted(repr([row[name] for name in sorted(columns)]) for row in rows)


def filled_since(before: bytes, after: bytes) -> list[str]:
    """The tables of `after` alone that have rows."""
    if not (isinstance(before, ServerDatabase) and isinstance(after, ServerDatabase)):
        return comparison.filled_since(before, after)
    new = after.schema("").tables.keys() - before.schema("").tables.keys()
    return [name for name in sorted(new) if after.rows(name)]


def insert_rows(content: bytes, table: str, rows: Iterable[Row]) -> bytes:
    """`content` with `rows` added to `table`; raises sqlite3.Error if it refuses them."""
    if not isinstance(content, ServerDatabase):
        return sqlite.insert_rows(content, table, rows)
    made = list(insert_statements(content.schema("")[table], rows))
    return content.store.changed(content, lambda execute: _all(execute, made))


def fill_nulls(content: bytes, table: str, column: str, values: Iterable[Any]) -> bytes:
    """`content` with `values`, one after the other, where `column` of `table` is NULL."""
    if not isinstance(content, ServerDatabase):
        return sqlite.fill_nulls(content, table, column, values)
    made = list(fill_statements(content.schema("")[table], content.rows(table), column, values))
    return content.store.changed(content, lambda execute: _all(execute, made))


def run_script(content: bytes, sql: str) -> bytes:
    """`content` after the statements in `sql`, which is the course's own and trusted."""
    if not isinstance(content, ServerDatabase) or not sql.strip():
        return sqlite.run_script(content, sql)
    made = [(statement, ()) for statement in statements_of(sql)]
    return content.store.changed(content, lambda execute: _all(execute, made))


def _all(execute: Any, statements: Iterable[tuple[str, Any]]) -> None:
    for statement, values in statements:
        execute(statement, values)


def delete_a_parent(content: bytes, child: str, key: ForeignKey) -> bytes:
    """`content` without the row that fewest rows of `child` point at; a server refuses that."""
    if isinstance(content, ServerDatabase):
        return content
    return sqlite.delete_a_parent(content, child, key)


def count_further(content: bytes, tables: Collection[str]) -> bytes:
    """`content` where `tables` that count their ids gave some that are gone; SQLite alone does."""
    if isinstance(content, ServerDatabase):
        return content
    return sqlite.count_further(content, tables)
