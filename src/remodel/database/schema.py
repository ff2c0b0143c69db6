"""A schema as the grader sees it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Column:
    """One column. `primary_key` is its place in the key, from 1, or 0."""

    name: str
    type: str
    nullable: bool
    default: str | None = None
    primary_key: int = 0
    collation: str | None = None
    generated: str | None = None


@dataclass(frozen=True, order=True)
class ForeignKey:
    """One foreign key, with its actions as the database will do them."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]
    on_delete: str = "NO ACTION"
    on_update: str = "NO ACTION"

    def __str__(self) -> str:
        action = "" if self.on_delete == "NO ACTION" else f" ON DELETE {self.on_delete}"
        return (
            f"{', '.join(self.columns)} → {self.parent}({', '.join(self.parent_columns)}){action}"
        )


@dataclass(frozen=True, order=True)
class Index:
    """One plain index: columns or expressions, and the condition of a partial one."""

    columns: tuple[str, ...]
    where: str = ""

    def __str__(self) -> str:
        return f"({', '.join(self.columns)})" + (f" where {self.where}" if self.where else "")


@dataclass(frozen=True)
class Table:
    """One table. A unique constraint and a unique index do the same and count the same."""

    name: str
    columns: Mapping[str, Column]
    foreign_keys: frozenset[ForeignKey] = frozenset()
    uniques: frozenset[Index] = frozenset()
    indexes: frozenset[Index] = frozenset()
    checks: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    autoincrement: bool = False

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The key's columns, in order."""
        keyed = sorted(
            (c for c in self.columns.values() if c.primary_key), key=lambda c: c.primary_key
        )
        return tuple(c.name for c in keyed)


@dataclass(frozen=True)
class Schema:
    """Every table, trigger and view of one database, without Alembic's own table."""

    tables: Mapping[str, Table]
    triggers: Mapping[str, str] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, table: str) -> Table:
        return self.tables[table]

    def __contains__(self, table: str) -> bool:
        return table in self.tables

    def without(self, tables: Collection[str]) -> "Schema":
        """The same schema with `tables` left out."""
        kept = {name: table for name, table in self.tables.items() if name not in tables}
        return Schema(kept, self.triggers, self.views)

    def without_defaults(self, columns: Collection[str]) -> "Schema":
        """The same schema, with no server default for `columns`, each written `table.column`."""
        tables = {
            table.name: replace(
                table,
                columns={
                    column.name: replace(column, default=None)
                    if f"{table.name}.{column.name}" in columns
                    else column
                    for column in table.columns.values()
                },
            )
            for table in self.tables.values()
        }
        return replace(self, tables=tables)
