"""What people do to a database between two commands: rows are added, changed and deleted by SQL.

A migration is written on one day and undone on another. Whatever it wants to know of the rows by
then, it has to read from the tables: a copy that it made for itself is out of date.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remodel.database.random_rows import is_id
from remodel.database.schema import Schema, Table
from remodel.database.sqlite import fewest_pointing, quoted, writable
from remodel.database.values import Key, Row

#: How many of the old rows of a table are changed.
SOME = 24
#: Which of every eight rows is added twice.
TWIN = 5
#: How many of the old ones are deleted, and how many get another that is alike but for the new
#: columns.
FEW = 3
#: Makes further rows of a table, given the keys of its parents by "table.column".
Maker = Callable[[Table, Mapping[str, Sequence[Any]]], list[Row]]


@dataclass(frozen=True)
class RowChange:
    """One row that is added, changed or deleted: `verb` says which, in a sentence's own words."""

    verb: str
    table: str
    key: Row
    values: Row
    #: Whether rows that point at it stay, as where SQLite is not asked to look at foreign keys.
    alone: bool = False

    @property
    def sql(self) -> tuple[str, list[Any]]:
        """The statement and its parameters."""
        where = " AND ".join(f"{quoted(name)} IS ?" for name in self.key)
        if self.verb == "deleted":
            return f"DELETE FROM {quoted(self.table)} WHERE {where}", [*self.key.values()]
        if self.verb == "changed":
            sets = ", ".join(f"{quoted(name)} = ?" for name in self.values)
            sql = f"UPDATE {quoted(self.table)} SET {sets} WHERE {where}"
            return sql, [*self.values.values(), *self.key.values()]
        row = {**self.key, **self.values}
        names, marks = ", ".join(map(quoted, row)), ", ".join("?" for _ in row)
        sql = f"INSERT INTO {quoted(self.table)} ({names}) VALUES ({marks})"
        return sql, [*row.values()]


@dataclass(frozen=True)
class Life:
    """What is done to the database of one bind, in order."""

    changes: tuple[RowChange, ...] = ()

    def lived(self, content: bytes) -> bytes:
        """`content` after all of it; raises sqlite3.Error where the database refuses a row."""
        if not self.changes:
            return content
        with writable(content) as connection:
            for change in self.changes:
                _make(connection, change)
            connection.commit()
            return connection.serialize()

    def verb(self, table: str, key: Key) -> str:
        """What was done last to the row of `table` under `key`; "" for nothing."""
        done = (c.verb for c in reversed(self.changes) if c.table == table)
        keys = (tuple(c.key.values()) for c in reversed(self.changes) if c.table == table)
        return next((verb for verb, its in zip(done, keys, strict=True) if its == key), "")


@dataclass(frozen=True)
class Instance:
    """A database and its schema."""

    content: bytes
    schema: Schema


def lead(here: Instance, before: Schema, make: Maker, rules: Instance | None = None) -> Life:
    """The life of the database `here`, whose schema was `before` when the columns were fewer.

    Some rows are deleted, some are added, with a value in the new columns and with NULL there, and
    of those that stay some get values in the new columns alone and some in every column. What the
    database itself refuses is left out; so is what another one would refuse, whose `rules` the app
    keeps already.
    """
    with writable(here.content) as connection, writable(rules.content if rules else b"") as other:
        connection.isolation_level = other.isolation_level = None
        judge = _Judge(other, rules.schema, make) if rules else None
        return Life(tuple(_Living(connection, here.schema, before, make, judge).changes()))


class _Judge:
    """Says of each change whether a database with other columns would take it, too."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema, make: Maker) -> None:
        self._connection, self._schema, self._make = connection, schema, make
        self._rows: dict[str, list[Row]] = {}

    def takes(self, change: RowChange, number: int) -> bool:
        """Whether it does, as far as it knows the table; what it has more is filled with a row."""
        table = self._schema.tables.get(change.table)
        if not table:
            return True
        values = {n: v for n, v in change.values.items() if n in table.columns}
        if change.verb == "added":
            values = {**self._filler(table, number), **values}
            values = {n: v for n, v in values.items() if n not in change.key}
        if change.verb == "changed" and not values:
            return True
        return _takes(self._connection, replace(change, values=values))

    def _filler(self, table: Table, number: int) -> Row:
        if table.name not in self._rows:
            parents = _parents(self._connection, self._schema, table)
            self._rows[table.name] = self._make(table, parents)
        rows = self._rows[table.name]
        return rows[number] if number < len(rows) else {}


class _Living:
    """Tries one change after the other on a copy, and keeps those that it takes."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        schema: Schema,
        before: Schema,
        make: Maker,
        judge: _Judge | None,
    ) -> None:
        self._connection, self._schema, self._before = connection, schema, before
        self._make, self._judge = make, judge

    def changes(self) -> Iterator[RowChange]:
        tables = [table for table in parents_first(self._schema) if table.primary_key]
        for table in reversed(tables):
            yield from self._deleted(table)
        for table in tables:
            yield from self._written(table)
        for table in tables if self._judge is None else ():
            yield from self._orphaned(table)

    def _takes(self, change: RowChange, number: int = 0) -> bool:
        if self._judge and not self._judge.takes(change, number):
            return False
        return _takes(self._connection, change)

    def _deleted(self, table: Table) -> Iterator[RowChange]:
        keys = self._keys(table)
        gone = 0
        for key in keys[1::5] + keys[::5]:
            if gone == FEW or len(keys) - gone < 2:
                break
            change = RowChange("deleted", table.name, key, {})
            if self._takes(change):
                gone += 1
                yield change

    def _orphaned(self, table: Table) -> Iterator[RowChange]:
        """The deletion of a row that few rows of `table` point at, by each key: these stay."""
        for key in table.foreign_keys:
            parent = self._schema.tables.get(key.parent)
            if parent and parent != table and (*parent.primary_key,) == key.parent_columns[:1]:
                fewest = fewest_pointing(self._connection, table.name, key)
                if fewest is not None:
                    gone = {parent.primary_key[0]: fewest}
                    change = RowChange("deleted", parent.name, gone, {}, alone=True)
                    _make(self._connection, change)
                    yield change

    def _written(self, table: Table) -> Iterator[RowChange]:
        old = self._keys(table)
        rows = self._make(table, _parents(self._connection, self._schema, table))
        new = self._new_columns(table)
        last = max((k for key in old for k in key.values() if isinstance(k, int)), default=0)
        for number, row in enumerate(rows[:-SOME]):
            first = last + 1 + 2 * number
            # Some are there twice: equal in all but the key.
            twins = (first, first + 1) if number % 8 == TWIN else (first,)
            for each in twins:
                yield from self._first_taken(
                    (_added(table, its, each) for its in (row, _of_its_own(table, row, each))),
                    number,
                )
        free = last + 1 + 2 * len(rows)
        yield from self._alike(table, old, rows, free)
        step = max(1, len(old) // SOME)
        for number, (key, row) in enumerate(zip(old[::step], rows[-SOME:], strict=False)):
            columns = new if number % 2 and new else list(table.columns)
            own = _of_its_own(table, row, free + FEW + number)
            yield from self._first_taken(_changed(table, key, its, columns) for its in (row, own))

    def _first_taken(self, changes: Iterable[RowChange], number: int = 0) -> Iterator[RowChange]:
        """The first of `changes` that the databases take, if they take one."""
        for change in changes:
            if (change.values or change.verb == "added") and self._takes(change, number):
                yield change
                return

    def _alike(
        self, table: Table, old: list[Row], rows: list[Row], number: int
    ) -> Iterator[RowChange]:
        """Rows to add that differ from old ones in the columns that are new, and there alone."""
        new = self._new_columns(table) if table.name in self._before else []
        known = [row for row in rows if all(row.get(name) is not None for name in new)]
        for key, row in zip(old[:FEW], known if new else (), strict=False):
            where = " AND ".join(f"{quoted(name)} IS ?" for name in key)
            select = f"SELECT {', '.join(map(quoted, row))} FROM {quoted(table.name)} WHERE {where}"
            there = self._connection.execute(select, [*key.values()]).fetchone()
            like = dict(zip(row, there, strict=True)) | {name: row[name] for name in new}
            change = _added(table, like, number)
            if self._takes(change):
                yield change
            number += 1

    def _new_columns(self, table: Table) -> list[str]:
        known = self._before[table.name].columns if table.name in self._before else {}
        return [name for name in table.columns if name not in known]

    def _keys(self, table: Table) -> list[Row]:
        names = ", ".join(map(quoted, table.primary_key))
        sql = f"SELECT {names} FROM {quoted(table.name)} ORDER BY {names}"
        rows = self._connection.execute(sql).fetchall()
        return [dict(zip(table.primary_key, row, strict=True)) for row in rows]


def _make(connection: sqlite3.Connection, change: RowChange) -> None:
    """Make `change`, with rows that point at what is deleted left where it is `alone`."""
    if not change.alone:
        connection.execute(*change.sql)
        return
    connection.commit()  # within a transaction nobody can say whether keys are looked at
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(*change.sql)
    connection.commit()
    connection.execute("PRAGMA foreign_keys = ON")


def _takes(connection: sqlite3.Connection, change: RowChange) -> bool:
    try:
        connection.execute(*change.sql)
    except sqlite3.IntegrityError:
        return False
    return True


def _parents(connection: sqlite3.Connection, schema: Schema, table: Table) -> dict[str, list[Any]]:
    """The keys that rows of `table` may point at, by "table.column", the newest first."""
    return {
        f"{key.parent}.{column}": _keys(connection, key.parent, column)
        for key in table.foreign_keys
        for column in key.parent_columns
        if key.parent in schema
    }


def _keys(connection: sqlite3.Connection, table: str, column: str) -> list[Any]:
    name = quoted(column)
    sql = f"SELECT {name} FROM {quoted(table)} WHERE {name} IS NOT NULL ORDER BY 1 DESC"
    return [row[0] for row in connection.execute(sql)]


def _added(table: Table, row: Row, number: int) -> RowChange:
    """A new row, under the id `number` where its key is one; the rows that come have each state."""
    key = {n: number if is_id(table, table.columns[n]) else row[n] for n in table.primary_key}
    return RowChange("added", table.name, key, {n: v for n, v in row.items() if n not in key})


def _of_its_own(table: Table, row: Row, number: int) -> Row:
    """`row` with other texts where each may be there once: what it holds besides is to be kept."""
    unique = {name for each in table.uniques for name in each.columns}
    return {
        n: f"{number} since" if n in unique and isinstance(v, str) else v for n, v in row.items()
    }


def _changed(table: Table, key: Row, row: Row, columns: Sequence[str]) -> RowChange:
    values = {n: v for n, v in row.items() if n in columns and n not in table.primary_key}
    return RowChange("changed", table.name, key, values)


def parents_first(schema: Schema) -> list[Table]:
    """Every table after those that it points at, as far as they form no circle."""
    order: list[Table] = []
    waiting = list(schema.tables.values())
    while waiting:
        ready = [t for t in waiting if not _points_at(t) & {x.name for x in waiting if x != t}]
        order += ready or waiting[:1]
        waiting = [t for t in waiting if t not in order]
    return order


def _points_at(table: Table) -> set[str]:
    return {key.parent for key in table.foreign_keys}
