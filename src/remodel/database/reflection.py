"""Reads the schema of a SQLite database from its bytes.

SQLAlchemy's reflection misses ON DELETE of inline foreign keys, AUTOINCREMENT, COLLATE,
expression indexes, triggers and views, so this asks the PRAGMAs and sqlite_master.
"""

import functools
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from remodel.database.ddl import Rule, TableText, condition, inner, parse_create_table, plain
from remodel.database.defaults import stored_default
from remodel.database.schema import Column, ForeignKey, Index, Schema, Table
from remodel.database.scope import SETTINGS
from remodel.database.sqlite import opened, quoted, readable

#: Objects that SQLite makes for itself. Any other `sqlite_…` was made behind its back.
_OWN = re.compile(r"sqlite_(sequence|stat\d|autoindex_.*)", re.IGNORECASE | re.DOTALL)


@functools.lru_cache(maxsize=64)
def read_schema(content: bytes, version_table: str = "alembic_version") -> Schema:
    """The schema in `content`, with Alembic's own table apart."""
    with opened(content) as connection:
        connection.text_factory = readable  # a name is one, whatever its bytes
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        master = [(kind, readable(name), readable(sql)) for kind, name, sql in rows]
        tables = {
            name: _TableReader(connection, name, sql).read()
            for kind, name, sql in master
            if kind == "table" and not _OWN.fullmatch(name)
        }
        alembics = tables.pop(version_table, None)
        return Schema(
            tables,
            {name: plain(sql) for kind, name, sql in master if kind == "trigger"},
            {name: plain(sql) for kind, name, sql in master if kind == "view"},
            {
                name: str(connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in sorted(SETTINGS)
            },
            alembics,
            frozenset(_numbers_of_none(connection, tables, master)),
        )


def _numbers_of_none(
    connection: sqlite3.Connection, tables: Mapping[str, Table], master: Iterable[tuple[str, ...]]
) -> Iterator[str]:
    """For which names a last number is kept, and no table numbers its rows with it.

    SQLite takes such a row away with its table. Somebody else put it there, to find it later.
    """
    if not any(name == "sqlite_sequence" for _, name, _ in master):
        return
    numbered = {name.lower() for name, table in tables.items() if table.autoincrement}
    for (name,) in connection.execute("SELECT name FROM sqlite_sequence"):
        if str(name).lower() not in numbered:
            yield str(name)


class _TableReader:
    """Reads one table: what the PRAGMAs tell, and from its text what they do not."""

    def __init__(self, connection: sqlite3.Connection, name: str, sql: str) -> None:
        self._connection, self._name = connection, name
        self._definition: TableText = parse_create_table(sql)
        self._indexes = connection.execute(f"PRAGMA index_list({quoted(name)})").fetchall()
        self._columns = connection.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
        #: Every constraint and index in words, with its names.
        self._rules: dict[str, frozenset[str]] = {}

    def read(self) -> Table:
        """The table with all that belongs to it."""
        for rule in self._definition.rules:
            self._note(_worded(rule), rule.name)
        uniques, indexes = self._read_indexes()
        return Table(
            self._name,
            {column.name: column for column in self._read_columns()},
            frozenset(self._read_foreign_keys()),
            uniques,
            indexes,
            frozenset(rule.condition for rule in self._definition.of_kind("check")),
            self._rules,
            self._definition.autoincrement,
            self._numbers_rows,
            self._key(),
            self._definition.options,
        )

    def _note(self, rule: str, name: str) -> None:
        self._rules[rule] = self._rules.get(rule, frozenset()) | ({name} if name else set())

    @property
    def _keyed(self) -> tuple[str, ...]:
        return tuple(
            name for place, name in sorted((row[5], row[1]) for row in self._columns) if place
        )

    @property
    def _numbers_rows(self) -> bool:
        """Whether the key is the rowid itself: then, and only then, it has no index of its own."""
        return bool(self._keyed) and all(origin != "pk" for _, _, _, origin, _ in self._indexes)

    def _read_columns(self) -> Iterator[Column]:
        text = self._definition
        on_null = {rule.columns: rule.on_conflict for rule in text.of_kind("not null")}
        never_null = self._numbers_rows or "without rowid" in text.options
        for _, name, kind, notnull, default, key, _ in self._columns:
            collation = text.collations.get(name.lower())
            yield Column(
                name,
                same_type(kind),
                not notnull and not (key and never_null),
                stored_default(default, kind) if default is not None else None,
                key,
                None if collation == "binary" else collation,
                text.generated.get(name.lower()),
                on_null.get((name.lower(),), ""),
            )

    def _read_foreign_keys(self) -> Iterator[ForeignKey]:
        deferred = {
            rule.columns for rule in self._definition.of_kind("foreign key") if rule.deferred
        }
        keys: dict[int, list[Any]] = {}
        for row in self._connection.execute(f"PRAGMA foreign_key_list({quoted(self._name)})"):
            keys.setdefault(row[0], []).append(row)
        for rows in keys.values():
            rows.sort(key=lambda row: row[1])
            _, _, parent, _, _, on_update, on_delete, _ = rows[0]
            columns = tuple(row[3] for row in rows)
            name, parents = self._parent(parent, tuple(row[4] for row in rows))
            late = tuple(column.lower() for column in columns) in deferred
            yield ForeignKey(columns, name, parents, on_delete, on_update, late)

    def _parent(self, parent: str, columns: tuple[str | None, ...]) -> tuple[str, tuple[str, ...]]:
        """A parent and its columns as they are called there: SQL names have no case."""
        actual = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE",
            (parent,),
        ).fetchone()
        rows = self._connection.execute(f"PRAGMA table_xinfo({quoted(parent)})").fetchall()
        name = actual[0] if actual else parent
        if None in columns:  # it means the primary key
            return name, tuple(n for place, n in sorted((row[5], row[1]) for row in rows) if place)
        called = {row[1].lower(): row[1] for row in rows}
        return name, tuple(called.get(str(each).lower(), str(each)) for each in columns)

    def _read_indexes(self) -> tuple[frozenset[Index], frozenset[Index]]:
        uniques: set[Index] = set()
        indexes: set[Index] = set()
        for _, name, unique, origin, _partial in self._indexes:
            if origin == "pk":
                continue
            index = self._index(name)
            if unique:  # whichever column comes first, the same rows are refused
                columns = tuple(sorted(index.columns))
                index = Index(columns, index.where, index.on_conflict, written=index.columns)
            (uniques if unique else indexes).add(index)
            if origin == "c":
                bare = Index(index.columns, index.where)
                self._note(f"{'unique' if unique else 'index'} {bare}", name.lower())
        return frozenset(uniques), frozenset(indexes)

    def _index(self, name: str) -> Index:
        row = self._connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?", (name,)
        ).fetchone()
        sql = readable(row[0]) if row else ""
        parts = [
            self._index_column(column, descending, collation)
            for _, _, column, descending, collation, key in self._connection.execute(
                f"PRAGMA index_xinfo({quoted(name)})"
            )
            if key
        ]
        # The text alone tells two expressions apart.
        columns = (inner(sql),) if None in parts else tuple(str(part) for part in parts)
        return Index(columns, condition(sql), "" if sql else self._on_conflict(columns, "unique"))

    def _index_column(self, column: str | None, descending: int, collation: str) -> str | None:
        if column is None:
            return None
        usual = self._definition.collations.get(column.lower(), "binary")
        other = f" collate {collation.lower()}" if collation.lower() != usual.lower() else ""
        return column + other + (" desc" if descending else "")

    def _on_conflict(self, columns: tuple[str, ...], kind: str) -> str:
        wanted = sorted(_bare(column) for column in columns)
        rules = (r for r in self._definition.of_kind(kind) if sorted(r.columns) == wanted)
        return next((rule.on_conflict for rule in rules if rule.on_conflict), "")

    def _key(self) -> Index:
        own = next((name for _, name, _, origin, _ in self._indexes if origin == "pk"), None)
        columns = self._index(own).columns if own else self._keyed
        return Index(columns, on_conflict=self._on_conflict(columns, "primary key"))


def _worded(rule: Rule) -> str:
    if rule.kind == "unique":
        return f"unique {Index(tuple(sorted(rule.columns)))}"
    return str(rule)


def _bare(column: str) -> str:
    return re.sub(r"( collate \S+)?( desc)?$", "", column).lower()


#: Words of the SQL standard that mean the same type.
_ALIKE = (
    (r"^(NATIONAL )?CHAR(ACTER)? VARYING", "VARCHAR"),
    (r"^CHARACTER\b", "CHAR"),
    (r"^(DEC|DECIMAL)\b", "NUMERIC"),
    (r"^BOOL$", "BOOLEAN"),
    (r"^INT$", "INTEGER"),
    (r"^DOUBLE PRECISION$", "DOUBLE"),
)


def same_type(kind: str) -> str:
    """One way to write types that are the same; other databases print the longer words."""
    word = re.sub(r"\s*([(),])\s*", r"\1", " ".join(kind.upper().split()))
    for pattern, other in _ALIKE:
        word = re.sub(pattern, other, word)
    return word
