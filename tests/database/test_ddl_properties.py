"""What is written as DDL is what is read, however it is written; and what differs is seen.

The examples are the same in every run, so that the gate says the same twice. To look further:
HYPOTHESIS_EXAMPLES=3000 pytest tests/database/test_ddl_properties.py
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from remodel.database.differences import differences
from remodel.database.reflection import read_schema
from remodel.database.schema import Column, ForeignKey, Index, Schema, Table

MORE = int(os.environ.get("HYPOTHESIS_EXAMPLES", "0"))
few = settings(max_examples=MORE or 50, derandomize=not MORE, deadline=None, database=None)
EVERYTHING = ("names", "defaults")
#: Names as people have them, and names that a reader of DDL may take for something else.
NAMES = (
    *("room", "Furniture", "first name", "süß", "it's", 'say "so"', "back`tick", "[x]", "a]"),
    *("check", "constraint", "unique", "primary", "foreign", "collate", "autoincrement", "where"),
    *("select", "(", ")", ",", "--", "/*", "'"),
)
#: Types, each with defaults: how one is written, and what is read.
DEFAULTS: dict[str, tuple[tuple[str, str], ...]] = {
    "INTEGER": (("5", "5"), ("'5'", "5"), ("-1", "-1"), ("'-1'", "-1"), ("(7)", "7")),
    "BOOLEAN": (("0", "0"), ("false", "0"), ("'1'", "1"), ("TRUE", "1")),
    "TEXT": (("''", "''"), ("'a, (b'", "'a, (b'"), ("'it''s'", "'it''s'")),
    "VARCHAR(80)": (("'check (1)'", "'check (1)'"), ("'--'", "'--'")),
    "NUMERIC(10,2)": (("1.5", "1.5"),),
    "DATETIME": (("CURRENT_TIMESTAMP", "current_timestamp"),),
}


@dataclass(frozen=True)
class Wish:
    """A table that is asked for: what SQL is made of, and what the reader should say of it."""

    table: Table
    written_defaults: dict[str, str]
    positive: tuple[str, ...]
    named: dict[str, str]


@dataclass(frozen=True)
class Hand:
    """One way to write SQL: how names are quoted, and what stands between the words."""

    quotes: str
    space: str
    lower: bool

    def name(self, name: str) -> str:
        """`name` in this hand's quotes, or in the only ones that can hold it."""
        opening, closing = self.quotes[0], self.quotes[1]
        if closing in name:
            opening = closing = '"'
        return opening + name.replace('"', '""' if closing == '"' else '"') + closing

    def names(self, names: tuple[str, ...]) -> str:
        """Several in a row, each perhaps with its order."""
        parts = [each.removesuffix(" desc") for each in names]
        order = [" DESC" if each.endswith(" desc") else "" for each in names]
        return ", ".join(self.name(a) + b for a, b in zip(parts, order, strict=True))

    def words(self, text: str) -> str:
        """Keywords as this hand writes them."""
        return (text.lower() if self.lower else text).replace(" ", self.space)


PLAIN = Hand('""', " ", lower=False)
hands = st.builds(
    Hand,
    st.sampled_from(['""', "``", "[]"]),
    st.sampled_from([" ", "\n    ", " /* ( it's */ ", " -- , '\n"]),
    st.booleans(),
)
identifiers = st.sampled_from(NAMES) | st.text("abcxyzÄß_ ,('", min_size=1, max_size=8)


def write(wish: Wish, hand: Hand) -> str:
    """The SQL that makes one table and its indexes."""
    table = wish.table
    parts = [_column(wish, column, hand) for column in table.columns.values()]
    if table.primary_key and not table.autoincrement:
        parts.append(f"{hand.words('PRIMARY KEY')} ({hand.names(table.primary_key)})")
    for unique in sorted(table.uniques):
        name = next((k for k, v in wish.named.items() if v == str(unique)), None)
        called = f"{hand.words('CONSTRAINT')} {hand.name(name)} " if name else ""
        action = _on_conflict(unique.on_conflict, hand)
        parts.append(f"{called}{hand.words('UNIQUE')} ({hand.names(unique.columns)}){action}")
    for key in sorted(table.foreign_keys):
        there = f"{hand.name(key.parent)} ({hand.names(key.parent_columns)})"
        actions = hand.words(f"ON DELETE {key.on_delete} ON UPDATE {key.on_update}")
        here = f"{hand.words('FOREIGN KEY')} ({hand.names(key.columns)})"
        late = hand.words(" DEFERRABLE INITIALLY DEFERRED") if key.deferred else ""
        parts.append(f"{here} {hand.words('REFERENCES')} {there} {actions}{late}")
    body = ("," + hand.space).join(parts)
    made = f"{hand.words('CREATE TABLE')} {hand.name(table.name)} ({body});\n"
    for number, index in enumerate(sorted(table.indexes)):
        called = hand.name(_index_name(table.name, number))
        where = f" {hand.words('WHERE')} {hand.name(index.where)} > 3" if index.where else ""
        made += f"CREATE INDEX {called} ON {hand.name(table.name)} ({hand.names(index.columns)})"
        made += f"{where};\n"
    return made


def _column(wish: Wish, column: Column, hand: Hand) -> str:
    parts = [hand.name(column.name), hand.words(column.type)]
    if wish.table.autoincrement and column.primary_key:
        parts.append(hand.words("PRIMARY KEY AUTOINCREMENT"))
    if not column.nullable:
        parts.append(hand.words("NOT NULL") + _on_conflict(column.on_null, hand))
    if column.default is not None:
        parts.append(f"{hand.words('DEFAULT')} {wish.written_defaults[column.name]}")
    if column.collation:
        parts.append(f"{hand.words('COLLATE')} {column.collation}")
    if column.name in wish.positive:
        parts.append(f"{hand.words('CHECK')} ({hand.name(column.name)} > 0)")
    return " ".join(parts)


def _on_conflict(action: str, hand: Hand) -> str:
    return hand.words(f" ON CONFLICT {action.upper()}") if action else ""


def _index_name(table: str, number: int) -> str:
    return f"where {table} ({number}"


def read(*wishes: Wish, hand: Hand = PLAIN) -> Schema:
    """What the reader makes of a database in which these tables were made."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript("".join(write(wish, hand) for wish in wishes))
        return read_schema(connection.serialize())
    finally:
        connection.close()


@st.composite
def columns(draw: st.DrawFn, name: str, key: int) -> tuple[Column, str]:
    """A column, and its default as it is written."""
    kind = draw(st.sampled_from(sorted(DEFAULTS)))
    written, default = draw(st.sampled_from([("", None), *DEFAULTS[kind]]))
    nullable = draw(st.booleans())
    collation = draw(st.sampled_from([None, "nocase", "rtrim"]))
    on_null = "" if nullable or key else draw(conflicts)
    return Column(name, kind, nullable, default, key, collation, None, on_null), written


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """One table, with a key, constraints and indexes over some of its columns."""
    distinct = st.lists(identifiers, min_size=2, max_size=5, unique_by=str.lower)
    name, *names = draw(distinct)
    some = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True).map(tuple)
    key = draw(some | st.just(()))
    drawn = [draw(columns(each, key.index(each) + 1 if each in key else 0)) for each in names]
    made = {column.name: column for column, _ in drawn}
    conflict = draw(conflicts)
    uniques = {
        Index(tuple(sorted(each)), "", conflict)
        for each in draw(st.sets(some, max_size=2))
        if set(each) != set(key)
    }
    keys = {
        ForeignKey(
            each,
            "the parent's",
            tuple(f"{c}?" for c in each),
            *draw(st.tuples(act, act, st.booleans())),
        )
        for each in draw(st.sets(some, max_size=1))
    }
    descending = some.map(lambda each: (f"{each[0]} desc", *each[1:]))
    where = st.sampled_from(["", *names])
    indexes = draw(st.sets(st.builds(Index, some | descending, where), max_size=2))
    numbers = len(key) == 1 and made[key[0]].type == "INTEGER"
    auto = numbers and draw(st.booleans())
    if numbers:  # SQLite puts a number where a NULL would be
        made[key[0]] = replace(made[key[0]], nullable=False)
    named = {f"unique {n}": str(u) for n, u in enumerate(sorted(uniques)) if draw(st.booleans())}
    table = Table(
        name,
        made,
        frozenset(keys),
        frozenset(uniques),
        frozenset(indexes),
        autoincrement=auto,
        numbers_rows=numbers,
        key=Index(key),
    )
    positive = tuple(draw(st.sets(st.sampled_from(names))))
    return Wish(table, {c.name: text for c, text in drawn if text}, positive, named)


act = st.sampled_from(["NO ACTION", "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT"])
conflicts = st.sampled_from(["", "replace", "ignore", "fail", "rollback"])


@few
@given(wishes(), hands)
def test_what_is_written_is_what_is_read(wish: Wish, hand: Hand) -> None:
    """Columns, keys, constraints and indexes, in any quotes, with any space and any comment."""
    found = read(wish, hand=hand)[wish.table.name]
    # The texts of conditions are compared in the next test: they have no form but the reader's.
    conditions = {replace(index, where="") for index in found.indexes}
    assert conditions == {replace(index, where="") for index in wish.table.indexes}
    assert len(found.checks) == len(wish.positive)
    names = {_index_name(wish.table.name, n).lower() for n in range(len(wish.table.indexes))}
    assert found.names == names | set(wish.named)
    nothing: frozenset[str] = frozenset()
    bare = replace(found, indexes=wish.table.indexes, checks=nothing, rules={})
    assert bare == wish.table


@few
@given(wishes(), hands, hands)
def test_two_ways_to_write_it_are_no_difference(wish: Wish, one: Hand, other: Hand) -> None:
    """Also where names and defaults count."""
    assert differences(read(wish, hand=one), read(wish, hand=other), EVERYTHING) == []


def _table(wish: Wish, **changes: Any) -> Wish:
    return replace(wish, table=replace(wish.table, **changes))


def _other_column(wish: Wish, change: Callable[[Column], Column]) -> Wish:
    name, column = next(iter(wish.table.columns.items()))
    changed = {**wish.table.columns, name: change(column)}
    return _table(wish, columns=changed)


#: Ways to lose or change one thing. Each gives the same where a table has no such thing.
CHANGES: dict[str, Callable[[Wish], Wish]] = {
    "foreign keys": lambda wish: _table(wish, foreign_keys=frozenset()),
    "unique constraints": lambda wish: _table(wish, uniques=frozenset()),
    "indexes": lambda wish: _table(wish, indexes=frozenset()),
    "checks": lambda wish: replace(wish, positive=()),
    "AUTOINCREMENT": lambda wish: _table(wish, autoincrement=False),
    "a name": lambda wish: replace(wish, named={}),
    "nullable": lambda wish: _other_column(
        wish, lambda c: replace(c, nullable=not c.primary_key, on_null="")
    ),
    "ON CONFLICT of NOT NULL": lambda wish: _other_column(wish, lambda c: replace(c, on_null="")),
    "ON CONFLICT of UNIQUE": lambda wish: _table(
        wish, uniques=frozenset(replace(each, on_conflict="") for each in wish.table.uniques)
    ),
    "INITIALLY DEFERRED": lambda wish: _table(
        wish,
        foreign_keys=frozenset(replace(each, deferred=False) for each in wish.table.foreign_keys),
    ),
    "collation": lambda wish: _other_column(
        wish, lambda c: replace(c, collation=None if c.collation == "rtrim" else "rtrim")
    ),
    "default": lambda wish: _other_column(wish, lambda c: replace(c, default=None)),
    "a type": lambda wish: _other_column(wish, lambda c: replace(c, type="BLOB", default=None)),
}


@few
@given(wishes(), st.sampled_from(sorted(CHANGES)), hands)
def test_what_is_lost_is_seen(wish: Wish, change: str, hand: Hand) -> None:
    """Whichever part of the table it was, and from either side."""
    changed = CHANGES[change](wish)
    assume(changed != wish)
    before, after = read(wish), read(changed, hand=hand)
    assert differences(before, after, EVERYTHING)
    assert differences(after, before, EVERYTHING)


def mirrored(kind: str) -> str:
    """What the same difference is called from the other side."""
    words = {"no": "extra", "extra": "no"}
    first, _, rest = kind.partition(" ")
    return f"{words.get(first, first)} {rest}"


@few
@given(wishes(), wishes())
def test_the_comparison_has_no_direction(one: Wish, other: Wish) -> None:
    """What is missing from one side is too much on the other, kind by kind."""
    namesake = _table(other, name=one.table.name)
    before, after = read(one), read(namesake)
    there, back = differences(before, after, EVERYTHING), differences(after, before, EVERYTHING)
    assert Counter(each.kind for each in there) == Counter(mirrored(each.kind) for each in back)
    assert (there == []) == (before == after)
