"""Random rows that try hard to be lost: values vary with the seed, what they can show never.

Whatever the seed, every column has, for each change of the catalogue that is reachable in it, a
value which that change would alter; parents have no, one and many children; some rows are twins;
and each pair of states (NULL, empty, filled, yes, no) of two columns occurs in some row.
"""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from remodel.database.schema import Column, Table
from remodel.database.value_changes import CATALOGUE, LONG, TEXT_LENGTH, kind_of, length_of

Value = Any
Row = dict[str, Value]

_WOODS = ("oak", "beech", "teak", "walnut", "cherry", "brass", "père", "süße", "red", "old")
_THINGS = ("sofa", "table", "chair", "étagère", "lamp", "desk", "Kübel", "clock", "bed", "chest")
#: Rows that are alike in all but the id.
_ALIKE = 3
#: How many children the parent with the largest key has, where there are enough rows.
_CHILDREN = 15
#: Rows of usual values at the beginning and the end: the stories of exercises write into these.
_ENDS = 2
#: More rows than a batch of a migration takes: a table that has more of them is a large one.
MANY = 1_000
#: How many rows of a large table have ids that 32 bits do not hold.
_BEYOND = 20
#: The first ids of a large table: a script that loads rows may number them so.
_BELOW = (-(2**31) - 7, -40_321, -1, 0)
#: The state of a column that holds a value which is neither NULL nor empty.
_FILLED = object()
#: How many characters a text may have more than its type says.
_TOO_LONG = 21


@dataclass(frozen=True)
class Wishes:
    """What an exercise or a grader wants of the values, by the name of the column."""

    #: The column holds these in turn, and no others.
    only: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    #: The column holds these, twice each, besides the usual ones.
    besides: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    #: Whether the app's forms alone have written: they take no NUL and no text that is longer
    #: than its column, which scripts and SQL may.
    by_forms: bool = False
    #: Whether a server is to take all values: see `fits_anywhere`.
    for_servers: bool = False


def make_rows(
    table: Table,
    count: int | None,
    seed: str,
    parents: Mapping[str, Sequence[Value]],
    wishes: Wishes | None = None,
    after: int = 0,
) -> list[Row]:
    """`count` rows for `table`, the same for the same `seed` on every Python.

    Without a `count`, as many as it takes to hold every awkward value; with one, those that there
    is room for, the most ordinary first. `parents` holds the keys to choose from, by
    "table.column". Ids begin behind `after`; the first and the last row are ordinary ones.
    """
    maker = _Maker(table, f"{seed}/{table.name}", parents, wishes or Wishes())
    return maker.numbered(maker.rows(count), after)


def lacking(column: Column, known: Sequence[Value]) -> list[Value]:
    """What `column`, which holds the values `known`, needs besides to show every change."""
    added: list[Value] = []
    for change in CATALOGUE:
        examples = change.examples_for(column)
        if examples and not any(map(change.alters, (*known, *added))):
            added.append(examples[0])
    return added


def fits_anywhere(column: Column, value: Value) -> bool:
    """Whether `column` takes `value` on a server, too: no NUL, no longer than it is, in 32 bits."""
    if isinstance(value, str):
        return "\0" not in value and len(value) <= length_of(column)
    return not isinstance(value, int) or -(2**31) <= value < 2**31


def is_id(table: Table, column: Column) -> bool:
    """Whether `column` is the number of a row: an integer, the key alone, and no foreign key."""
    points = any(column.name in key.columns for key in table.foreign_keys)
    return table.primary_key == (column.name,) and not points and "INT" in column.type


class _Maker:
    """Makes the rows of one table."""

    def __init__(
        self, table: Table, seed: str, parents: Mapping[str, Sequence[Value]], wishes: Wishes
    ) -> None:
        self.columns = [column for column in table.columns.values() if not column.generated]
        self.for_servers = wishes.for_servers
        self.seed, self.only = seed, {x: wishes.only[x] for x in wishes.only if x in table.columns}
        self.ids = [c.name for c in self.columns if is_id(table, c) and c.name not in self.only]
        self.unique = {name for each in table.uniques for name in each.columns}
        self.unique |= set(table.primary_key)
        self.parents = {
            name: list(parents[f"{key.parent}.{parent}"])
            for key in table.foreign_keys
            for name, parent in zip(key.columns, key.parent_columns, strict=True)
            if name not in self.only
        }
        self.fillers = {
            c.name: _Filler(self._rng(c.name), c, c.name in self.unique, wishes)
            for c in self.columns
            if c.name not in {*self.only, *self.parents, *self.ids}
        }

    def rows(self, count: int | None) -> list[Row]:
        """The rows without their ids; see `make_rows`."""
        states = list(pairs_of_states(self._states()))
        needed = max([1, *(len(filler.needed) for filler in self.fillers.values())])
        count = self._at_most(count or needed + len(states) + _ALIKE + _ENDS)
        alike, ends = (_ALIKE, _ENDS) if count >= needed + _ALIKE + _ENDS else (0, 0)
        states = states[: max(count - needed - alike - ends, 0)]
        rows = self._written(count - len(states) - alike - ends)
        rows += [self._in_state(state) for state in [*states, *[{}] * (alike + ends)]]
        self._point(rows, states, alike + ends)
        for row in rows[count - alike :]:
            row.update({k: v for k, v in rows[-1].items() if k not in self.unique})
        plain = count - alike - ends
        between, outer = rows[:plain] + rows[plain + ends :], rows[plain : plain + ends]
        self._rng("order").shuffle(between)
        return self._given([*outer[:1], *between, *outer[1:]])

    def _written(self, count: int) -> list[Row]:
        if not self.fillers:
            return [{} for _ in range(count)]
        values = zip(*(filler.some(count) for filler in self.fillers.values()), strict=True)
        return [dict(zip(self.fillers, row, strict=True)) for row in values]

    def _rng(self, what: str) -> random.Random:
        return random.Random(f"{self.seed}.{what}")

    def _at_most(self, count: int) -> int:
        """`count`, or as many as there are parents where each may have one child."""
        alone = [
            len(self.parents[column.name])
            for column in self.columns
            if column.name in self.parents and column.name in self.unique and not column.nullable
        ]
        return min([count, *alone])

    def _states(self) -> dict[str, list[Value]]:
        """The states that each column can be in, where there is more than one."""
        states = dict[str, list[Value]]()
        for column in self.columns:
            if column.name in self.only or column.name in self.ids:
                continue
            kind = "key" if column.name in self.parents else kind_of(column)
            filled = [0, 1] if kind == "boolean" else [_FILLED]
            empty = [""] if kind == "text" and column.name not in self.unique else []
            if column.nullable or kind == "boolean":
                states[column.name] = [None] * column.nullable + empty + filled
        return states

    def _in_state(self, state: Mapping[str, Value]) -> Row:
        return {
            name: filler.usual() if state.get(name, _FILLED) is _FILLED else state[name]
            for name, filler in self.fillers.items()
        }

    def _point(self, rows: list[Row], states: Sequence[Mapping[str, Value]], alike: int) -> None:
        """Give each row its parents: the rows of `states` and the `alike` ones come last."""
        nullable = {column.name for column in self.columns if column.nullable}
        for name, keys in self.parents.items():
            if name in self.unique:
                chosen = keys[: len(rows)]
                chosen += [None] * (len(rows) - len(chosen))
            else:
                nulls = min(2, len(rows) // 8) if name in nullable else 0
                chosen = children(self._rng(name), keys, len(rows) - alike, nulls)
                chosen += [max(keys, default=None)] * alike
            for row, key in zip(rows, chosen, strict=True):
                row[name] = key
            for row, state in zip(rows[len(rows) - alike - len(states) :], states, strict=False):
                if name in state and state[name] is None:
                    row[name] = None

    def _given(self, rows: list[Row]) -> list[Row]:
        """`rows`, where the columns that hold given values alone have them."""
        for name, among in self.only.items():
            chosen = [among[n % len(among)] for n in range(len(rows))]
            self._rng(name).shuffle(chosen)
            for row, value in zip(rows, chosen, strict=True):
                row[name] = value
        return rows

    def numbered(self, rows: list[Row], after: int) -> list[Row]:
        """`rows` with growing ids behind `after`, their columns in the order of the table."""
        for name in self.ids:
            for row, number in zip(
                rows, ids(self._rng(name), len(rows), after, self.for_servers), strict=True
            ):
                row[name] = number
        return [{column.name: row[column.name] for column in self.columns} for row in rows]


def pairs_of_states(states: Mapping[str, Sequence[Value]]) -> Iterator[dict[str, Value]]:
    """Few rows of states in which each pair of states of two columns occurs."""
    left = [
        {one: first, other: second}
        for one, other in itertools.combinations(states, 2)
        for first, second in itertools.product(states[one], states[other])
    ]
    while left:
        row = dict(left[0])
        for pair in left:
            if all(row.get(name, state) is state for name, state in pair.items()):
                row.update(pair)
        left = [pair for pair in left if not pair.items() <= row.items()]
        yield row


def children(rng: random.Random, keys: Sequence[Value], count: int, nulls: int = 0) -> list[Value]:
    """A parent for each of `count` rows: some parents get none, some one, some many.

    The largest key has `_CHILDREN` or more, or a sixth of `count`; `nulls` rows get no parent.
    """
    if not keys:
        return [None] * count
    largest = max(keys)
    others = [key for key in keys if key != largest]
    rng.shuffle(others)
    third = -(-len(others) // 3) if len(others) > 1 else 0
    single, many = others[third : 2 * third], [largest, *others[2 * third :]]
    chosen: list[Value] = [None] * nulls
    chosen += [largest] * max(2, min(_CHILDREN, count // 6)) + single
    chosen = chosen[:count]
    chosen += [rng.choice(many) for _ in range(count - len(chosen))]
    rng.shuffle(chosen)
    return chosen


def ids(rng: random.Random, count: int, last: int = 0, in_32_bits: bool = False) -> list[int]:
    """Growing ids behind `last`, with gaps, some of them large.

    The largest of a few leaves room for rows that come later: the app reads ids up to 2**31 - 1.
    Of many, some are beyond that, and some no larger than 0: SQLite takes them, and scripts that
    load rows give them; not where they are to stay `in_32_bits`.
    """
    if count > MANY and in_32_bits:
        return [last + 1 + 3 * number for number in range(count)]
    if count > MANY and not last:
        return [*_BELOW, *_growing(rng, count - len(_BELOW), last)]
    return _growing(rng, count, last)


def _growing(rng: random.Random, count: int, last: int) -> list[int]:
    numbers = list[int]()
    leaps = {count // 2: 101, count // 2 + 2: 1_001, count - 3: 40_321, count - 2: 80_321}
    if count > MANY:
        leaps = {100: 1_001, count - 5 * _BEYOND: 40_321, count - 3 * _BEYOND: 80_321}
        leaps |= {count - 2 * _BEYOND: 2**31 - 5_000, count - _BEYOND: 2**31}
    for n in range(count - 1):
        last = max(last, leaps.get(n, 0)) + rng.randint(1, 9)
        numbers.append(last)
    end = last + 9 if count > MANY else 2**31 - 1 - 2 * rng.randint(2_000, 30_000)
    return [*numbers, end][-count:]


class _Filler:
    """The values of one column that people write."""

    def __init__(self, rng: random.Random, column: Column, unique: bool, wishes: Wishes) -> None:
        self.rng, self.column, self.unique = rng, column, unique
        self.kind, self.limit = kind_of(column), length_of(column)
        self.by_forms = wishes.by_forms
        self._taken = set[Value]()
        self.story = besides = wishes.besides.get(column.name, ())
        self.needed = [
            value
            for value in self._needed(besides)
            if not (self.by_forms and isinstance(value, str) and "\0" in value)
            and (not wishes.for_servers or fits_anywhere(column, value))
        ]

    def some(self, count: int) -> list[Value]:
        """`count` values in any order: what is needed, then usual ones."""
        chosen = self.needed[:count]
        chosen += [self.usual(count > MANY) for _ in range(count - len(chosen))]
        self.rng.shuffle(chosen)
        return chosen

    def usual(self, large: bool = False) -> Value:
        """What people often write; where the column is unique, nothing twice.

        In a `large` table, most rows hold what the story is about: more than a batch takes.
        """
        if large and self.story and not self.unique:
            return self.story[0]
        value = _usual(self.rng, self.kind, self.limit)
        while self.unique and value in self._taken:
            value = _usual(self.rng, self.kind, self.limit)
        self._taken.add(value)
        return value

    def _needed(self, besides: Sequence[Value]) -> Iterator[Value]:
        """The values that show what each reachable change does, the most ordinary first."""
        for value in besides if self.unique else (*besides, *besides):
            yield self._take(value)
        if self.column.nullable:
            yield from (None, None)
        shown: dict[Value, list[Any]] = {}
        for change in CATALOGUE:
            for example in change.examples_for(self.column, self.kind)[:1]:
                shown.setdefault(example, []).append(change)
        for example, changes in shown.items():
            if example is not None:
                yield self._take(self._varied(example, changes))
        if self.kind == "text":
            yield self._take(self._longest())  # one sign less is a loss, whatever the length
        if self.kind == "text" and self.limit < TEXT_LENGTH and not self.by_forms:
            yield self._take(self._longest(_TOO_LONG))  # SQLite holds it, and models write it

    def _take(self, value: Value) -> Value:
        self._taken.add(value)
        return value

    def _varied(self, example: Value, changes: Sequence[Any]) -> Value:
        """`example` with a word before or behind it, where each of `changes` still alters it."""
        if self.kind != "text":
            return example
        word = self.rng.choice(_WOODS)
        for varied in (f"{example} {word}", f"{word} {example}"):
            free = len(varied) <= self.limit and varied not in self._taken
            if free and all(change.alters(varied) for change in changes):
                return varied
        return example

    def _longest(self, more: int = 0) -> str:
        start = self.rng.randint(0, 99)
        return LONG[start : start + self.limit + more - 1] + "z"


def _usual(rng: random.Random, kind: str, limit: int) -> Value:
    if kind == "text":
        words = f"{rng.choice(_WOODS)} {rng.choice(_THINGS)} {rng.randint(1, 9999)}"
        return words[-limit:].strip()
    if kind == "boolean":
        return rng.randint(0, 1)
    if kind == "integer":
        return rng.randint(-999, 9999)
    if kind == "number":
        return rng.randint(0, 99999) / 100
    day = f"{rng.randint(1950, 2040)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    if kind == "date":
        return day
    return f"{day} {rng.randint(0, 23):02}:{rng.randint(0, 59):02}:00.000000"
