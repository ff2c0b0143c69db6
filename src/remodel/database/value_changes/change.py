"""A value change, and in which columns it can show."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from remodel.database.schema import Column, Table

Value = Any
Change = Callable[[Value], Value]
#: A key is the number of a row, or points at one: people do not write it.
KINDS = ("text", "integer", "number", "boolean", "date", "moment", "key")
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
ENGINES = (SQLITE, POSTGRESQL)
#: A TEXT has no length: a grader fills it with a long but sane value.
TEXT_LENGTH = 3000
_FORMS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "moment": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}"),
}


@dataclass(frozen=True)
class ValueChange:
    """One way in which a value is lost: by which code, and on which values it shows.

    Its `examples` are values that it alters, the most ordinary first.
    """

    name: str
    code: str
    kinds: tuple[str, ...]
    change: Change
    examples: tuple[Value, ...]
    engines: tuple[str, ...] = ENGINES

    def alters(self, value: Value) -> bool:
        """Whether `value` is not what it was after the change, in value or in type."""
        after = self.change(value)
        return type(after) is not type(value) or bool(after != value)

    def examples_for(
        self, column: Column, kind: str | None = None, engine: str = SQLITE
    ) -> list[Value]:
        """The examples that `column` may hold; empty where the change is not reachable in it."""
        kind = kind or kind_of(column)
        if kind not in self.kinds or engine not in self.engines:
            return []
        return [value for value in self.examples if fits(column, kind, value)]


def kind_of(column: Column) -> str:
    """What kind of value people write into `column`, by the words of its type."""
    for words, kind in (
        (("BOOL",), "boolean"),
        (("DATETIME", "TIMESTAMP"), "moment"),
        (("DATE",), "date"),
        (("INT",), "integer"),
        (("NUMERIC", "DECIMAL", "FLOAT", "REAL", "DOUBLE"), "number"),
    ):
        if any(word in column.type for word in words):
            return kind
    return "text"


def kind_in(table: Table, column: Column) -> str:
    """The kind of `column`, where a number of a row in `table` or in its parent is a key."""
    points = any(column.name in key.columns for key in table.foreign_keys)
    keyed = points or table.primary_key == (column.name,)
    return "key" if keyed and kind_of(column) == "integer" else kind_of(column)


def length_of(column: Column) -> int:
    """How many characters `column` holds."""
    length = re.search(r"\((\d+)\)", column.type)
    return int(length[1]) if length else TEXT_LENGTH


def fits(column: Column, kind: str, value: Value) -> bool:
    """Whether `column`, which holds values of `kind`, may hold `value`."""
    if value is None:
        return column.nullable
    if kind in _FORMS:
        return isinstance(value, str) and bool(_FORMS[kind].fullmatch(value))
    if kind == "text":
        return isinstance(value, str) and len(value) <= length_of(column)
    return value in (0, 1) if kind == "boolean" else isinstance(value, (int, float))


def on(type_: type | tuple[type, ...], change: Change) -> Change:
    """`change` for values of `type_`; any other value is left as it is."""
    return lambda value: change(value) if isinstance(value, type_) else value


def null(*values: Value) -> Change:
    """What makes NULL of `values`, and of nothing else."""
    return lambda value: None if value in values else value
