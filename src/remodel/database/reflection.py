"""Reads the schema of a SQLite database from its bytes.

SQLAlchemy's reflection misses ON DELETE of inline foreign keys, AUTOINCREMENT, COLLATE,
expression indexes, triggers and views, so this asks the PRAGMAs and sqlite_master.
"""

import functools
import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from remodel.database.ddl import condition, inner, parse_create_table, plain
from remodel.database.schema import Column, ForeignKey, Index, Schema, Table
from remodel.database.sqlite import opened, quoted


@functools.lru_cache(maxsize=64)
def read_schema(content: bytes, version_table: str = "alembic_version") -> Schema:
    """The schema in `content`, without Alembic's own table."""
    with opened(content) as connection:
        master = connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master "
            "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
        tables = {
            name: _read_table(connection, name, sql)
            for kind, name, _, sql in master
            if kind == "table" and name != version_table
        }
        return Schema(
            tables,
            {name: plain(sql) for kind, name, _, sql in master if kind == "trigger"},
            {name: plain(sql) for kind, name, _, sql in master if kind == "view"},
        )


def _read_table(connection: sqlite3.Connection, name: str, sql: str) -> Table:
    text = parse_create_table(sql)
    uniques, indexes, names = _read_indexes(connection, name)
    return Table(
        name,
        {column.name: column for column in _read_columns(connection, name, text.collations)},
        frozenset(_read_foreign_keys(connection, name)),
        uniques,
        indexes,
        frozenset(text.checks),
        frozenset(names | text.names),
        text.autoincrement,
    )


def _read_columns(
    connection: sqlite3.Connection, table: str, collations: Mapping[str, str]
) -> Iterator[Column]:
    rows = connection.execute(f"PRAGMA table_xinfo({quoted(table)})").fetchall()
    for _, name, kind, notnull, default, key, hidden in rows:
        yield Column(
            name,
            _same_type(kind),
            # SQLite says that a key column without NOT NULL is nullable; nobody can tell.
            not notnull and not key,
            _same_default(plain(default).strip("()"), kind) if default is not None else None,
            key,
            collations.get(name.lower()),
            "generated" if hidden else None,
        )


def _same_type(kind: str) -> str:
    """One way to write types that are the same; other databases print the longer words."""
    word = re.sub(r"\s*([(),])\s*", r"\1", " ".join(kind.upper().split()))
    word = word.replace("CHARACTER VARYING", "VARCHAR")
    return "INTEGER" if word == "INT" else word


def _same_default(default: str, kind: str) -> str:
    """One way to write defaults that store the same: '0', 0 and false in a BOOLEAN or INTEGER.

    The text 'false' stays what it is: SQLite stores it as text (sqlite.org/datatype3.html).
    """
    if not re.match(r"BOOL|INT", kind, re.IGNORECASE):
        return default
    number = re.fullmatch(r"'?([+-]?) ?(\d+)'?", default)
    return (
        str(int(number[1] + number[2]))
        if number
        else {"false": "0", "true": "1"}.get(default.lower(), default)
    )


def _read_foreign_keys(connection: sqlite3.Connection, table: str) -> Iterator[ForeignKey]:
    keys: dict[int, list[Any]] = {}
    for row in connection.execute(f"PRAGMA foreign_key_list({quoted(table)})"):
        keys.setdefault(row[0], []).append(row)
    for rows in keys.values():
        rows.sort(key=lambda row: row[1])
        _, _, parent, _, _, on_update, on_delete, _ = rows[0]
        columns = tuple(row[3] for row in rows)
        # SQLite leaves the parent's columns empty where they are its primary key.
        parents = tuple(row[4] for row in rows)
        if None in parents:
            parents = _primary_key(connection, parent)
        yield ForeignKey(columns, parent, parents, on_delete, on_update)


def _primary_key(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA table_xinfo({quoted(table)})")
    return tuple(name for place, name in sorted((row[5], row[1]) for row in rows) if place)


def _read_indexes(
    connection: sqlite3.Connection, table: str
) -> tuple[frozenset[Index], frozenset[Index], set[str]]:
    uniques: set[Index] = set()
    indexes: set[Index] = set()
    names: set[str] = set()
    for _, name, unique, origin, _partial in connection.execute(
        f"PRAGMA index_list({quoted(table)})"
    ).fetchall():
        if origin == "pk":
            continue
        sql = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()[0]
        columns = [
            (column if column is not None else "an expression") + (" desc" if descending else "")
            for _, _, column, descending, _, key in connection.execute(
                f"PRAGMA index_xinfo({quoted(name)})"
            )
            if key
        ]
        index = Index(tuple(columns), condition(sql or ""))
        if "an expression" in columns:  # the text alone tells two expressions apart
            index = Index((inner(sql),), index.where)
        (uniques if unique else indexes).add(index)
        if origin == "c":
            names.add(name.lower())
    return frozenset(uniques), frozenset(indexes), names
