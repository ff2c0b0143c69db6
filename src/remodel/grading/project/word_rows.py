"""Rows that hold given words and numbers, in every column that takes them."""

import contextlib
import datetime
import itertools
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Literal

from remodel.database.random_rows import is_id
from remodel.database.schema import Column, Table
from remodel.database.sqlite import quoted, writable
from remodel.database.value_changes import kind_of
from remodel.database.values import Row
from remodel.grading import literals
from remodel.grading.project.life import Instance, Life, RowChange, parents_first

#: How long a text may be because a number says so.
_LONG = 300
#: How a row holds words: one, in a row that is full, or in one that has nothing else; or two.
WordsIn = Literal["full rows", "bare rows", "two columns"]
#: How many rows hold two words in two columns at most; those that stand together come first.
_PAIRS = 200


def with_words(
    words: Sequence[literals.Literal], here: Instance, closed: Collection[str], how: WordsIn
) -> Life:
    """Rows to add `here` that hold `words`, each like a row that is there in all other columns.

    But for full rows, all other columns that may be NULL are. Rows that point at another point
    at each of those that came. Nothing is written into the columns of `closed`, "table.column".
    """
    with writable(here.content) as connection:
        connection.isolation_level = None
        maker = _WordMaker(connection, words, closed, how)
        tables = [table for table in parents_first(here.schema) if len(table.primary_key) == 1]
        return Life(tuple(change for table in tables for change in maker.rows_of(table)))


class _WordMaker:
    """Tries one row after the other on a copy, and keeps those that it takes."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        words: Sequence[literals.Literal],
        closed: Collection[str],
        how: WordsIn,
    ) -> None:
        self._connection, self._words = connection, words
        self._closed, self._how = closed, how
        #: The rows that came, by table.
        self._new: dict[str, list[Row]] = {}

    def rows_of(self, table: Table) -> Iterator[RowChange]:
        """The rows to add to `table`, whose parents have got theirs."""
        like = self._like(table)
        # A name that may be there once goes to the row of two words, where that is what is tried.
        pairs = itertools.islice(self._pairs(table), _PAIRS) if self._how == "two columns" else ()
        for values in (*pairs, *self._single(table)) if like else ():
            change = self._change(table, {**like, **values}, values.keys())
            if self._takes(change):
                self._new.setdefault(table.name, []).append({**change.key, **change.values})
                yield change

    def _single(self, table: Table) -> Iterator[Row]:
        """A value that meets a word, for each column and word."""
        for column in table.columns.values():
            if not column.generated and self._is_open(table, column.name):
                for value in self._choices(table, column):
                    yield {column.name: value}

    def _pairs(self, table: Table) -> Iterator[Row]:
        """Two texts in two columns, for each two of both."""
        texts = [word for word in self._words if isinstance(word, str)]
        both = itertools.permutations(range(len(texts)), 2)
        columns = [
            name
            for name, column in table.columns.items()
            if kind_of(column) == "text" and not column.generated and self._is_open(table, name)
        ]
        # Words of one condition stand together, and in SQL behind what is set.
        for one, other in sorted(both, key=lambda pair: (abs(pair[0] - pair[1]), -max(pair))):
            for first, second in itertools.permutations(columns, 2):
                yield {first: texts[one], second: texts[other]}

    def _is_open(self, table: Table, column: str) -> bool:
        return f"{table.name}.{column}" not in self._closed

    def _like(self, table: Table) -> Row:
        """The row of `table` that has most values, at the first parent that came; {} for none."""
        columns = [name for name, column in table.columns.items() if not column.generated]
        select = f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(table.name)}"
        there = [dict(zip(columns, row, strict=True)) for row in self._connection.execute(select)]
        if not there:
            return {}
        row = max(there, key=lambda each: sum(value not in (None, "") for value in each.values()))
        pointing = {name for key in table.foreign_keys for name in key.columns}
        for name in columns:
            came = self._parents(table, name)
            if came:
                row[name] = came[0]
            elif self._how != "full rows" and table.columns[name].nullable and name not in pointing:
                row[name] = None
        return row

    def _parents(self, table: Table, column: str) -> list[Any]:
        """What `column` holds where it points at rows that came."""
        return [
            row[its]
            for key in table.foreign_keys
            for name, its in zip(key.columns, key.parent_columns, strict=True)
            for row in self._new.get(key.parent, ())
            if name == column
        ]

    def _choices(self, table: Table, column: Column) -> list[Any]:
        if any(column.name in key.columns for key in table.foreign_keys):
            return self._parents(table, column.name)
        kind = kind_of(column)
        return list(dict.fromkeys(v for word in self._words for v in _values(word, kind)))

    def _change(self, table: Table, row: Row, chosen: Collection[str]) -> RowChange:
        """The addition of `row`, under a number of its own, and other than the rest."""
        (key,) = table.primary_key
        if key not in chosen and is_id(table, table.columns[key]):
            select = f"SELECT max({quoted(key)}) FROM {quoted(table.name)}"
            row[key] = (self._connection.execute(select).fetchone()[0] or 0) + 1
        count = len(self._new.get(table.name, ()))
        for name in {name for each in table.uniques for name in each.columns} - {*chosen, key}:
            if isinstance(row.get(name), str) and kind_of(table.columns[name]) == "text":
                row[name] = f"{count} {row[name]}"[: len(row[name])]
        values = {name: value for name, value in row.items() if name != key}
        return RowChange("added", table.name, {key: row[key]}, values)

    def _takes(self, change: RowChange) -> bool:
        try:
            self._connection.execute(*change.sql)
        except (sqlite3.IntegrityError, OverflowError):
            return False
        return True


def _values(word: literals.Literal, kind: str) -> list[Any]:
    """What a column of `kind` holds so that it meets `word`, or just does not."""
    if isinstance(word, str):
        return [word, f"old {word} 7"] if kind == "text" else _days(word, kind)
    if kind in ("integer", "number"):
        return [word, word + 1, word - 1]
    if kind == "text" and isinstance(word, int) and 0 < word < _LONG:
        return ["o" * word, "o" * (word + 1), str(word)]
    return []


def _days(word: str, kind: str) -> list[str]:
    """That day, the one before and the one after, as a column of `kind` keeps them."""
    with contextlib.suppress(ValueError):
        day = datetime.date.fromisoformat(word[:10])
        days = [str(day + datetime.timedelta(n)) for n in (0, -1, 1)]
        ends = {"date": ("",), "moment": (" 00:00:00.000000", " 12:00:00.000000")}
        return [f"{each}{end}" for each in days for end in ends.get(kind, ())]
    return []
