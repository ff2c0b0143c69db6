"""Databases as they are at one moment, read from outside."""

from collections.abc import Mapping
from dataclasses import dataclass

from remodel.database import any_engine
from remodel.database.schema import Column, Schema
from remodel.database.values import Rows, Values
from remodel.grading.refusal import Refused
from remodel.grading.workspace.workspace import Databases


@dataclass(frozen=True)
class Contents:
    """What one database holds."""

    schema: Schema
    rows: Mapping[str, Rows]
    version: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """What every database held at one moment, by bind; without a bind, the main one is meant."""

    binds: Mapping[str, Contents]

    @property
    def schemas(self) -> dict[str, Schema]:
        """The schema of each database."""
        return {bind: contents.schema for bind, contents in self.binds.items()}

    @property
    def schema(self) -> Schema:
        """The schema of the main database."""
        return self.binds[""].schema

    @property
    def rows(self) -> Mapping[str, Rows]:
        """The rows of the main database, by table."""
        return self.binds[""].rows

    @property
    def version(self) -> tuple[str, ...]:
        """The revisions that the main database says it is at."""
        return self.binds[""].version


@dataclass(frozen=True)
class State:
    """What there is to see of some databases."""

    databases: Databases
    version_table: str

    def version(self, bind: str = "") -> tuple[str, ...]:
        """The revisions that the database of `bind` itself says it is at."""
        return any_engine.read_version(self.databases[bind], self.version_table)

    def schema(self, bind: str = "") -> Schema:
        """The schema of the database of `bind`."""
        return any_engine.read_schema(self.databases[bind], self.version_table)

    def rows(self, table: str, bind: str = "") -> Rows:
        """The rows of `table`; refuses where there is no such table."""
        try:
            rows = any_engine.read_rows(self.databases[bind], table)
        except KeyError:
            raise Refused(f"There is no table {table}.", words=(table,)) from None
        return Rows(table, self.schema(bind)[table].primary_key, tuple(rows))

    def values(self, table: str, column: str, bind: str = "") -> Values:
        """One column of `table`; refuses where there is no such table or column."""
        rows = self.rows(table, bind)
        self.column(table, column, bind)
        return rows.column(column)

    def column(self, table: str, name: str, bind: str = "") -> Column:
        """What the schema says of one column; refuses where it is not there."""
        schema = self.schema(bind)
        if table not in schema:
            raise Refused(f"There is no table {table}.", words=(table,))
        if name not in schema[table].columns:
            raise Refused(f"The table {table} has no column {name}.", words=(name, table))
        return schema[table].columns[name]

    def orphans(self) -> list[tuple[str, int, str]]:
        """Rows whose parent is missing, over all binds: (table, rowid, parent)."""
        return [o for each in self.databases.values() for o in any_engine.orphans(each)]

    def snapshot(self) -> Snapshot:
        """Everything there is to see, to compare with later."""
        return Snapshot({bind: self._contents(bind) for bind in self.databases})

    def _contents(self, bind: str) -> Contents:
        schema = self.schema(bind)
        rows = {table: self.rows(table, bind) for table in schema.tables}
        return Contents(schema, rows, self.version(bind))
