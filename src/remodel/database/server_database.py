"""A server's database as a value, as the bytes of a file are the value of a SQLite database."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Protocol

from remodel.database.schema import Schema

Row = dict[str, Any]


class ServerRefused(sqlite3.Error):
    """What a server refuses: whoever writes to a database hears of it as SQLite says it."""


class Store(Protocol):
    """Where databases of one kind of server can be made again for a while."""

    def restored(self, content: bytes) -> AbstractContextManager[str]:
        """The URL of a database for the block, made by the statements in `content`."""
        ...

    def read(self, url: str) -> "ServerDatabase":
        """The database at `url` as a value."""
        ...

    def changed(self, content: "ServerDatabase", change: Callable[[Any], None]) -> "ServerDatabase":
        """What `content` is after `change` has had a connection to it; raises ServerRefused."""
        ...


class ServerDatabase(bytes):
    """The statements that make the database again, and what its server said was in it.

    The content of a file that an answer wrote is bytes, and never one of these.
    """

    store: Store
    _schema: Schema
    _rows: Mapping[str, Sequence[Row]]

    @classmethod
    def of(
        cls, script: bytes, store: Store, schema: Schema, rows: Mapping[str, Sequence[Row]]
    ) -> "ServerDatabase":
        """The database that `script` makes. `schema` has Alembic's own table among the others."""
        made = cls(script)
        made.store, made._schema, made._rows = store, schema, rows
        return made

    def schema(self, version_table: str) -> Schema:
        """The schema, with the table of that name apart."""
        tables = dict(self._schema.tables)
        alembics = tables.pop(version_table, None)
        return replace(self._schema, tables=tables, version_table=alembics)

    def rows(self, table: str) -> list[Row]:
        """Every row of `table` in the order of its key; raises KeyError without the table."""
        return [dict(row) for row in self._rows[table]]

    def orphans(self) -> list[tuple[str, int, str]]:
        """Rows whose parent is missing: (table, place among its rows, parent table)."""
        return [
            (table.name, place, key.parent)
            for table in self._schema.tables.values()
            for key in table.foreign_keys
            for place, row in enumerate(self._rows[table.name])
            if (values := [row[name] for name in key.columns])
            and None not in values
            and values not in self._keys(key.parent, key.parent_columns)
        ]

    def _keys(self, table: str, columns: Sequence[str]) -> list[list[Any]]:
        return [[row[name] for name in columns] for row in self._rows.get(table, ())]
