"""A schema as the grader sees it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Column:
    """One column.

    `primary_key` is its place in the key, from 1, or 0. `default` is the value that it stores,
    as SQL writes it. `generated` is the expression that makes its values, and whether they are
    stored. `on_null` is what NULL does where it is not refused: "replace", "ignore", …
    """

    name: str
    type: str
    nullable: bool
    default: str | None = None
    primary_key: int = 0
    collation: str | None = None
    generated: str | None = None
    on_null: str = ""
    #: Where a server gives it numbers by itself: "by default" or "always". SQLite's tables say it.
    numbered: str = ""


@dataclass(frozen=True, order=True)
class ForeignKey:
    """One foreign key, with its actions as the database will do them.

    `more` are the words behind it that only some servers have: NOT VALID, MATCH FULL, …
    """

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]
    on_delete: str = "NO ACTION"
    on_update: str = "NO ACTION"
    deferred: bool = False
    more: str = ""

    def __str__(self) -> str:
        action = "" if self.on_delete == "NO ACTION" else f" ON DELETE {self.on_delete}"
        action += " INITIALLY DEFERRED" if self.deferred else ""
        action += f" {self.more}" if self.more else ""
        return (
            f"{', '.join(self.columns)} → {self.parent}({', '.join(self.parent_columns)}){action}"
        )


#: What an index is whose build did not come to its end: PostgreSQL keeps it, and uses it nowhere.
INVALID = "invalid"


@dataclass(frozen=True, order=True)
class Index:
    """One index or unique rule: columns or expressions, and the condition of a partial one.

    A column has its order and collation where they are not the usual ones. `on_conflict` is what
    a second row does where it is not refused: "replace", "ignore", … `more` is what only some
    servers have: another method, columns that come along, or that the index is invalid.
    """

    columns: tuple[str, ...]
    where: str = ""
    on_conflict: str = ""
    more: str = ""
    #: The columns as they were written, where their order means nothing.
    written: tuple[str, ...] = field(default=(), compare=False)

    @property
    def completed(self) -> "Index":
        """The same as its build would have left it, where that did not come to its end."""
        return replace(self, more=" ".join(w for w in self.more.split() if w != INVALID))

    def __str__(self) -> str:
        where = f" where {self.where}" if self.where else ""
        conflict = f" on conflict {self.on_conflict}" if self.on_conflict else ""
        more = f" {self.more}" if self.more else ""
        return f"({', '.join(self.written or self.columns)}){where}{conflict}{more}"


@dataclass(frozen=True)
class Table:
    """One table. A unique constraint and a unique index do the same and count the same.

    `rules` holds every constraint and index in words, each with the names that it has.
    `numbers_rows` says that a row without a key gets a number; `autoincrement`, that no number
    is ever given twice. `key` is the primary key as an index. `options` are the words behind
    the table's definition.
    """

    name: str
    columns: Mapping[str, Column]
    foreign_keys: frozenset[ForeignKey] = frozenset()
    uniques: frozenset[Index] = frozenset()
    indexes: frozenset[Index] = frozenset()
    checks: frozenset[str] = frozenset()
    rules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    autoincrement: bool = False
    numbers_rows: bool = False
    key: Index = Index(())
    options: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The names of all constraints and indexes."""
        return frozenset().union(*self.rules.values())

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The key's columns, in order."""
        keyed = sorted(
            (c for c in self.columns.values() if c.primary_key), key=lambda c: c.primary_key
        )
        return tuple(c.name for c in keyed)


@dataclass(frozen=True)
class Schema:
    """Every table, trigger and view of one database.

    `objects` is whatever else a server keeps there, each under the words for it: "the type mood".
    `settings` are what the database says of itself as a whole. `version_table` is Alembic's own,
    which is none of the `tables`.
    """

    tables: Mapping[str, Table]
    triggers: Mapping[str, str] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    version_table: Table | None = None
    #: The names in `sqlite_sequence` that no table is called which numbers its rows.
    numbers: frozenset[str] = frozenset()
    objects: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, table: str) -> Table:
        return self.tables[table]

    def __contains__(self, table: str) -> bool:
        return table in self.tables

    def without(self, tables: Collection[str]) -> "Schema":
        """The same schema with `tables` left out."""
        kept = {name: table for name, table in self.tables.items() if name not in tables}
        return replace(self, tables=kept)

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
