"""Rows and columns as a grader compares them, and the first row that differs in words."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

Row = dict[str, Any]
Key = tuple[Any, ...]
#: How long a text is that is read at a glance.
_PHRASE = 12
#: The most characters of a value that are shown.
_SHOWN = 40


@dataclass(frozen=True)
class Values:
    """One column of one table: the primary key of each row to its value."""

    table: str
    column: str
    by_key: dict[Key, Any]

    def __eq__(self, other: object) -> bool:
        """Equal where the same rows hold the same values, of the same type."""
        if isinstance(other, Values):
            return _typed(self.by_key) == _typed(other.by_key)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.by_key.values())

    def __len__(self) -> int:
        return len(self.by_key)

    def __repr__(self) -> str:
        return f"{self.table}.{self.column} ({len(self)} rows)"

    def map(self, change: Any) -> "Values":
        """The values that `change` makes of these, row by row."""
        return Values(self.table, self.column, {k: change(v) for k, v in self.by_key.items()})


def _typed(by_key: dict[Key, Any]) -> dict[Key, tuple[type, Any]]:
    # 1 == 1.0 == True in Python; a column whose numbers became text must not look the same.
    return {key: (type(value), value) for key, value in by_key.items()}


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """The rows of one table, in the order of their key."""

    table: str
    key: tuple[str, ...]
    rows: tuple[Row, ...]

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"{self.table} ({len(self)} rows)"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; none where there is no row to tell them."""
        return tuple(self.rows[0]) if self.rows else ()

    @cached_property
    def by_key(self) -> dict[Key, Row]:
        """Each row under its primary key."""
        return dict(zip(self._keys, self.rows, strict=True))

    def column(self, name: str) -> Values:
        """One column of these rows; raises KeyError where there is no such column."""
        values = (row[name] for row in self.rows)
        return Values(self.table, name, dict(zip(self._keys, values, strict=True)))

    @cached_property
    def _keys(self) -> list[Key]:
        """The key of each row; its number where there is none."""
        if not self.key:
            return [(number,) for number in range(len(self.rows))]
        return [tuple([row.get(name) for name in self.key]) for row in self.rows]

    def where(self, **wanted: Any) -> list[Row]:
        """The rows that hold all of `wanted`."""
        return [row for row in self.rows if all(row[k] == v for k, v in wanted.items())]


#: What a call that changes a value mentions, as SQL or in SQLAlchemy's words: others that mention
#: the column declare it, or read it.
WRITES = ("UPDATE", "update")
#: And a call that takes rows away.
DELETES = ("DELETE", "delete")


@dataclass(frozen=True)
class Compared:
    """Two columns that differ: the lines that say how, and the words to look for in revisions."""

    lines: tuple[str, ...]
    words: tuple[str, ...]
    #: What is there, and what should be.
    values: tuple[Values, Values]

    @classmethod
    def of(cls, actual: Values, wanted: Values) -> "Compared":
        """The comparison of what is there with what should be."""
        words = dict.fromkeys((wanted.column, actual.column, actual.table))
        return cls(tuple(explain(actual, wanted)), (*words, *WRITES), (actual, wanted))


def lost_values(before: Rows, after: Rows) -> tuple[Values, Values] | None:
    """The first column that has lost something, as it is now and as it was, or None.

    A row is the same under the same key, a value where it is equal and of the same type. A row
    that nobody wrote is a loss, too. Whether a whole column may go is for the schema to say.
    """
    if after and set(before.key) <= after[0].keys():
        after = replace(after, key=before.key)  # that a key is gone is for the schema to say
    if after and not before:
        name = next(iter(after[0]))
        return after.column(name), Values(before.table, name, {})
    for name in before[0] if before else ():
        if after and name not in after[0]:
            continue
        then = before.column(name)
        now = after.column(name) if after else Values(after.table, name, {})
        if then != now:
            gone = then.by_key.keys() - now.by_key.keys()
            return (now, then) if not gone else _of_gone(before, after, gone) or (now, then)
    return None


def _of_gone(before: Rows, after: Rows, gone: Collection[Key]) -> tuple[Values, Values] | None:
    """The column that says most of the rows that are `gone`: their keys alone say little."""
    name = most_telling(before, gone)
    if name is None or (after and name not in after[0]):
        return None
    now = after.column(name) if after else Values(after.table, name, {})
    return now, before.column(name)


def explain(actual: Values, wanted: Values) -> list[str]:
    """The first row that differs, before and after, and how many do: at most four lines."""
    wrong = len(_differing(actual, wanted))
    count = f"{wrong} of {len(wanted.by_key.keys() | actual.by_key.keys())} rows differ."
    return [*example(actual, wanted), count]


def count_lost(actual: Values, wanted: Values) -> int:
    """How many rows of `wanted` are gone or changed."""
    return len(_differing(actual, wanted) & wanted.by_key.keys())


def _differing(actual: Values, wanted: Values) -> set[Key]:
    now, then = _typed(actual.by_key), _typed(wanted.by_key)
    return {key for key in now.keys() | then.keys() if now.get(key) != then.get(key)}


def differing_key(actual: Values, wanted: Values) -> Key | None:
    """The key of a row that differs, one that is gone if there is one; None where none does."""
    now, then = actual.by_key.keys(), wanted.by_key.keys()
    for keys in (then - now, _differing(actual, wanted)):
        if keys:
            return min(keys, key=str)
    return None


def first_differing(actual: Values, wanted: Values) -> Key:
    """The key of the first row that holds another value, where the rows have the same keys."""
    differing = _differing(actual, wanted)
    return next(key for key in wanted.by_key if key in differing)


def words_for(actual: Values, wanted: Values) -> tuple[str, ...]:
    """What a line that did it mentions: of a row that is gone, no column."""
    if wanted.by_key.keys() - actual.by_key.keys():
        return wanted.table, *DELETES
    return wanted.column, wanted.table, *WRITES


def example(actual: Values, wanted: Values) -> list[str]:
    """One row that differs, before and after."""
    lost = [key for key in wanted.by_key if key not in actual.by_key]
    new = [key for key in actual.by_key if key not in wanted.by_key]
    typed_a, typed_w = _typed(actual.by_key), _typed(wanted.by_key)
    changed = [k for k in typed_w if k in typed_a and typed_a[k] != typed_w[k]]
    lines = []
    if lost:
        key = max(lost, key=lambda k: telling(wanted.by_key[k]))
        value = wanted.by_key[key]
        held = "" if key == (value,) else f"; its {wanted.column} was {show(value)}"
        lines += [f"{wanted.table} row {show_key(key)} is gone{held}."]
    elif changed:
        # A value that is there to lose tells more than a NULL or an empty string.
        key = max(changed, key=lambda k: telling(wanted.by_key[k]))
        before, after = show_both(wanted.by_key[key], actual.by_key[key])
        lines += [
            f"row {show_key(key)} before: {wanted.table}.{wanted.column} = {before}",
            f"row {show_key(key)} after:  {actual.table}.{actual.column} = {after}",
        ]
    elif new:
        lines += [f"{actual.table} has a new row {show_key(new[0])} that nobody wrote."]
    return lines


def most_telling(rows: Rows, among: Collection[Key]) -> str | None:
    """The column, none of the key's, that says most of the rows `among`; None without one."""
    columns = [name for name in rows[0] if name not in rows.key] if rows else []
    held = {name: rows.column(name).by_key for name in columns}
    return max(
        columns,
        key=lambda name: max((telling(held[name][k]) for k in among), default=0),
        default=None,
    )


def telling(value: Any) -> int:
    """How well a value serves as the example: from 0, for NULL and "", to 120, for a word or two.

    Ten points are left to whatever has a content, 90 go to what is easy to read, and 20 to what
    a terminal can show. A text loses a point for each character that it is longer or shorter than
    a short phrase, three for each sign that is no letter, and eight for each that no plain keyboard
    has; a number forty, and one for each digit.
    """
    if value is None or value == "":
        return 0
    text = str(value)
    signs = sum(not (sign.isalpha() or sign == " ") for sign in text)
    rare = sum(not sign.isascii() for sign in text)
    plain = abs(len(text) - _PHRASE) + 3 * signs + 8 * rare
    strangeness = plain if isinstance(value, str) else 40 + len(text)
    readable = max(90 - strangeness, 0)
    return 10 + readable + (20 if text.isprintable() else 0)


def show(value: Any) -> str:
    """A value as SQL would write it, on one line, at most 40 characters."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:28]}… ({len(str(value))} characters)"


def show_both(one: Any, other: Any) -> tuple[str, str]:
    """Two values as `show` shows them, but near where they differ if that is not at the beginning.

    Two texts that begin alike would look alike, and so would as many bytes.
    """
    texts = isinstance(one, str) and isinstance(other, str)
    if not (texts or (isinstance(one, bytes) and isinstance(other, bytes))):
        return show(one), show(other)
    pairs = enumerate(zip(one, other, strict=False))
    alike = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    if texts and alike >= _PHRASE and max(len(repr(one)), len(repr(other))) > _SHOWN:
        begin = alike - _PHRASE // 2
        return _text_from(one, begin), _text_from(other, begin)
    if not texts and len(one) == len(other) > alike:
        size, place = len(one), alike + 1
        return _byte(one[alike], place, size), _byte(other[alike], place, size)
    return show(one), show(other)


def _byte(value: int, place: int, size: int) -> str:
    return f"{size} bytes, number {place} of them 0x{value:02x}"


def _text_from(text: str, begin: int) -> str:
    shown = repr(text[begin : begin + _PHRASE * 2])
    end = "…" if len(text) > begin + _PHRASE * 2 else ""
    return f"…{shown}{end} (from character {begin + 1} of {len(text)})"


def show_key(key: Key) -> str:
    """A primary key, plain."""
    return ", ".join(map(str, key))
