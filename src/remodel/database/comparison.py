"""Compares the rows of two databases inside SQLite: thousands cost what a handful does."""

import sqlite3

from remodel.database.sqlite import opened, quoted, readable


def changed_tables(before: bytes, after: bytes) -> list[str]:
    """The tables of both databases whose rows are not the same, in the columns that both have.

    A value is the same where it is equal and of the same type, letter by letter. Raises
    UnreadableDatabase where either cannot be read within the limits.
    """
    if before == after:
        return []
    with opened(after) as connection:
        connection.text_factory = readable
        connection.execute("ATTACH ':memory:' AS earlier")
        if before:
            connection.deserialize(_of(before), name="earlier")
        shared = [
            (table, [name for name in _columns(connection, "earlier", table) if name in columns])
            for table in _tables(connection, "earlier")
            if (columns := set(_columns(connection, "main", table)))
        ]
        return [table for table, columns in shared if _differs(connection, table, columns)]


def filled_since(before: bytes, after: bytes) -> list[str]:
    """The tables of `after` alone that have rows."""
    if before == after:
        return []
    with opened(before) as connection:
        known = set(_tables(connection, "main"))
    with opened(after) as connection:
        return [
            table
            for table in _tables(connection, "main")
            if table not in known
            and connection.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(table)})").fetchone()[0]
        ]


def _of(content: bytes) -> bytes:
    # A database that was read once in memory is one that can be attached: it is in no WAL mode.
    with opened(content) as connection:
        return connection.serialize()


def _tables(connection: sqlite3.Connection, schema: str) -> list[str]:
    rows = connection.execute(
        f"SELECT name FROM {schema}.sqlite_master "
        "WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    )
    return [readable(name) for (name,) in rows.fetchall()]


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_xinfo({quoted(table)})")]


def _differs(connection: sqlite3.Connection, table: str, columns: list[str]) -> bool:
    now, then = f"main.{quoted(table)}", f"earlier.{quoted(table)}"
    counts = f"(SELECT count(*) FROM {now}) <> (SELECT count(*) FROM {then})"
    # Neither a column's collation nor its affinity may make two values look alike.
    exact = ", ".join(f"{quoted(x)} COLLATE BINARY, typeof({quoted(x)})" for x in columns)
    if not exact:
        return False
    lost = f"EXISTS (SELECT {exact} FROM {then} EXCEPT SELECT {exact} FROM {now})"
    new = f"EXISTS (SELECT {exact} FROM {now} EXCEPT SELECT {exact} FROM {then})"
    return bool(connection.execute(f"SELECT {counts} OR {lost} OR {new}").fetchone()[0])
