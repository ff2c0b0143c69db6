"""Random rows that try hard to be lost: values vary with the seed, the awkward classes never.

Whatever the seed, every column gets each class of awkward value that its type can hold (NULL,
duplicate, empty, quote, colon, unicode, long, non-numeric, extreme), so that marks do not vary.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from remodel.database.schema import Column, Table

Value = Any
#: Enough rows for every awkward class of a text column, twice over.
DEFAULT_COUNT = 24

_AWKWARD_TEXT = (
    "",
    "O'Brien's \"best\" chair",
    ":seat :tag 12:30",
    "größe ☕ 漢字 e\u0301",
    "50% off %s %%",
    "back\\slash\n and a second line",
    "NULL",
    "12",
    "-0",
    " blank at both ends ",
    "<b>&amp;</b>",
)
_WOODS = ("oak", "beech", "teak", "walnut", "cherry", "brass", "père", "süße", "red", "old")
_THINGS = ("sofa", "table", "chair", "étagère", "lamp", "desk", "Kübel", "clock", "bed", "chest")
_AWKWARD_NUMBERS = (0, -1, 1, 2**31 - 1, -(2**31))
_AWKWARD_DATES = ("0001-01-01", "9999-12-31", "2024-02-29", "1970-01-01")


def make_rows(
    table: Table,
    count: int,
    seed: str,
    parents: Mapping[str, Sequence[Value]],
    values: Mapping[str, Sequence[Value]] | None = None,
) -> list[dict[str, Value]]:
    """`count` rows for `table`, the same for the same `seed` on every Python.

    `parents` holds the keys to choose from, by "table.column"; `values` fixes what a column may
    hold. Columns of a foreign key take every parent in turn.
    """
    filled = {
        name: _column(table, column, count, f"{seed}/{table.name}.{name}", parents, values or {})
        for name, column in table.columns.items()
        if not column.generated
    }
    return [{name: column[n] for name, column in filled.items()} for n in range(count)]


def _column(
    table: Table,
    column: Column,
    count: int,
    seed: str,
    parents: Mapping[str, Sequence[Value]],
    values: Mapping[str, Sequence[Value]],
) -> list[Value]:
    rng = random.Random(seed)
    key = next((k for k in table.foreign_keys if column.name in k.columns), None)
    if table.primary_key == (column.name,) and not key:
        return _ids(rng, count) if "INT" in column.type else _texts(rng, column, count, True)
    if column.name in values:
        return _in_turn(rng, values[column.name], count)
    unique = any(u.columns == (column.name,) for u in table.uniques)
    if key:
        parent = f"{key.parent}.{key.parent_columns[key.columns.index(column.name)]}"
        return _foreign(rng, parents[parent], count, column.nullable, unique)
    return _of_type(column)(rng, column, count, unique)


def _ids(rng: random.Random, count: int) -> list[Value]:
    """Growing ids with gaps, so that nothing may count on 1, 2, 3."""
    ids, last = [], 0
    for _ in range(count):
        last += rng.randint(1, 9)
        ids.append(last)
    return ids


def _in_turn(rng: random.Random, among: Sequence[Value], count: int) -> list[Value]:
    chosen = [among[n % len(among)] for n in range(count)]
    rng.shuffle(chosen)
    return chosen


def _foreign(
    rng: random.Random, keys: Sequence[Value], count: int, nullable: bool, unique: bool
) -> list[Value]:
    among = list(keys) + ([None] if nullable else [])
    return list(keys)[:count] if unique else _in_turn(rng, among, count)


def _of_type(column: Column) -> Callable[[random.Random, Column, int, bool], list[Value]]:
    kind = column.type
    for words, make in (
        (("BOOL",), _booleans),
        (("DATETIME", "TIMESTAMP"), _moments),
        (("DATE",), _dates),
        (("INT",), _integers),
        (("NUMERIC", "DECIMAL", "FLOAT", "REAL", "DOUBLE"), _numbers),
    ):
        if any(word in kind for word in words):
            return make
    return _texts


def _mixed(
    rng: random.Random,
    column: Column,
    count: int,
    unique: bool,
    awkward: Sequence[Value],
    usual: Callable[[], Value],
) -> list[Value]:
    """Each awkward value once, NULLs and a duplicate where allowed, then usual values."""
    chosen: list[Value] = [None, None] if column.nullable else []
    chosen += awkward
    if not unique:
        twin = usual()
        chosen += [twin, twin]
    while len(chosen) < count:
        value = usual()
        if not unique or value not in chosen:
            chosen.append(value)
    chosen = chosen[:count]
    rng.shuffle(chosen)
    return chosen


def _texts(rng: random.Random, column: Column, count: int, unique: bool) -> list[Value]:
    limit = _length(column)
    awkward = list(dict.fromkeys(text[:limit] for text in _AWKWARD_TEXT))
    longest = "".join(rng.choice("abcdefghij ") for _ in range(limit - 1)) + "z"
    if longest not in awkward:
        awkward.insert(0, longest)

    def usual() -> str:
        words = rng.choice(_WOODS), rng.choice(_THINGS), str(rng.randint(1, 9999))
        return " ".join(words)[-limit:].strip()

    return _mixed(rng, column, count, unique, awkward, usual)


def _length(column: Column) -> int:
    """How many characters the column holds; a TEXT gets a long but sane value."""
    length = re.search(r"\((\d+)\)", column.type)
    return int(length[1]) if length else 3000


def _integers(rng: random.Random, column: Column, count: int, unique: bool) -> list[Value]:
    return _mixed(rng, column, count, unique, _AWKWARD_NUMBERS, lambda: rng.randint(-999, 9999))


def _numbers(rng: random.Random, column: Column, count: int, unique: bool) -> list[Value]:
    return _mixed(
        rng, column, count, unique, (0, -1, 0.01, 99999), lambda: rng.randint(0, 99999) / 100
    )


def _booleans(rng: random.Random, column: Column, count: int, _unique: bool) -> list[Value]:
    return _in_turn(rng, [0, 1, None] if column.nullable else [0, 1], count)


def _date(rng: random.Random) -> str:
    return f"{rng.randint(1950, 2040)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _dates(rng: random.Random, column: Column, count: int, unique: bool) -> list[Value]:
    return _mixed(rng, column, count, unique, _AWKWARD_DATES, lambda: _date(rng))


def _moments(rng: random.Random, column: Column, count: int, unique: bool) -> list[Value]:
    awkward = [f"{day} 23:59:59.999999" for day in _AWKWARD_DATES]
    return _mixed(
        rng,
        column,
        count,
        unique,
        awkward,
        lambda: f"{_date(rng)} {rng.randint(0, 23):02}:{rng.randint(0, 59):02}:00.000000",
    )
