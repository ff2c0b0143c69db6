"""The differences between two schemas: of what kind, where, and in words."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from remodel.database.schema import Column, ForeignKey, Index, Schema, Table


@dataclass(frozen=True)
class Difference:
    """One thing that differs.

    `part` is what it is about within `table`: a column, the columns of an index or a foreign key,
    a condition, a name; "" for the whole table. A trigger or a view has no table.
    `wanted` and `actual` are what the two schemas have there; None where one has nothing.
    """

    kind: str
    table: str
    part: str = ""
    wanted: Any = None
    actual: Any = None

    @property
    def sentence(self) -> str:
        """What differs, as a part of a sentence: "room has no column colour"."""
        phrase = SENTENCES[self.kind]
        if callable(phrase):
            return phrase(self)
        there = self.wanted if self.actual is None else self.actual
        return phrase.format(
            table=self.table, part=self.part, there=there, wanted=self.wanted, actual=self.actual
        )

    @property
    def words(self) -> tuple[str, ...]:
        """What to look for in the revisions, the most telling word first."""
        if not self.table:
            return (self.part,)
        if self.kind in _OF_A_COLUMN:
            return self.part, self.table
        there = self.wanted if self.actual is None else self.actual
        columns = there.columns if isinstance(there, Index | ForeignKey) else ()
        # Where a key is there but with other actions, its columns find the line.
        return (
            (*columns, self.table) if self.kind == "other foreign key" else (self.table, *columns)
        )


def _null_rule(difference: Difference) -> str:
    place = f"{difference.table}.{difference.part}"
    may = "may be NULL" if difference.actual else "may not be NULL"
    should = "it should allow NULL" if difference.wanted else "it should be NOT NULL"
    return f"{place} {may}; {should}"


def _collation(difference: Difference) -> str:
    was, now = (each or "the default one" for each in (difference.wanted, difference.actual))
    return f"{difference.table}.{difference.part} has the collation {now}, not {was}"


def _generation(difference: Difference) -> str:
    negation = "" if difference.actual else "not "
    return f"{difference.table}.{difference.part} is {negation}a generated column"


def _default(difference: Difference) -> str:
    place, wanted, actual = (
        f"{difference.table}.{difference.part}",
        difference.wanted,
        difference.actual,
    )
    if actual is None:
        return f"{place} has no server default; it should have {wanted}"
    if wanted is None:
        return f"{place} has the server default {actual}; it should have none"
    return f"{place} has the server default {actual}, not {wanted}"


def _primary_key(difference: Difference) -> str:
    actual, wanted = ", ".join(difference.actual) or "none", ", ".join(difference.wanted)
    return f"the primary key of {difference.table} is ({actual}), not ({wanted})"


def _autoincrement(difference: Difference) -> str:
    return f"{difference.table} {'lost' if difference.wanted else 'gained'} AUTOINCREMENT"


def _foreign_key(difference: Difference) -> str:
    wanted, actual = (_actions(key) for key in (difference.wanted, difference.actual))
    key = f"{difference.part} → {difference.wanted.parent}"
    return f"{difference.table}'s foreign key {key} is {actual}, not {wanted}"


def _actions(key: ForeignKey) -> str:
    update = "" if key.on_update == "NO ACTION" else f" ON UPDATE {key.on_update}"
    return f"ON DELETE {key.on_delete}{update}"


#: Every kind of difference, and how it is said.
SENTENCES: dict[str, str | Callable[[Difference], str]] = {
    "no table": "there is no table {table}",
    "extra table": "there is a table {table} that should not be there",
    "batch left behind": "{table} was left behind by a batch that failed",
    "no trigger": "the trigger {part} is gone",
    "extra trigger": "there is a trigger {part} that should not be there",
    "other trigger": "the trigger {part} is not the same",
    "no view": "the view {part} is gone",
    "extra view": "there is a view {part} that should not be there",
    "other view": "the view {part} is not the same",
    "no column": "{table} has no column {part}",
    "extra column": "{table} has a column {part} too many",
    "other type": "{table}.{part} is {actual}, not {wanted}",
    "other NULL rule": _null_rule,
    "other collation": _collation,
    "other generation": _generation,
    "other default": _default,
    "other primary key": _primary_key,
    "other autoincrement": _autoincrement,
    "other foreign key": _foreign_key,
    "no foreign key": "{table} has no foreign key {there}",
    "extra foreign key": "{table} has a foreign key {there} too many",
    "no unique rule": "{table} has no unique constraint on {there}",
    "extra unique rule": "{table} has a unique constraint on {there} too many",
    "no index": "{table} has no index on {there}",
    "extra index": "{table} has an index on {there} too many",
    "no check": "{table} has no check {part}",
    "extra check": "{table} has a check {part} too many",
    "no name": "{table} has no constraint or index called {part}",
    "extra name": "{table} has a constraint or index called {part} too many",
}
_OF_A_COLUMN = {
    "no column",
    "extra column",
    "other type",
    "other NULL rule",
    "other collation",
    "other generation",
    "other default",
}


def differences(wanted: Schema, actual: Schema, compare: Collection[str] = ()) -> list[Difference]:
    """How `actual` differs from `wanted`; an empty list where it does not.

    Column order never counts. Constraint names count where `compare` has "names", server
    defaults where it has "defaults".
    """
    return list(_schemas(wanted, actual, compare))


def _schemas(wanted: Schema, actual: Schema, compare: Collection[str]) -> Iterator[Difference]:
    for name in wanted.tables:
        if name not in actual:
            yield Difference("no table", name)
    for name in actual.tables:
        if name.startswith("_alembic_tmp_"):
            yield Difference("batch left behind", name)
        elif name not in wanted:
            yield Difference("extra table", name)
    yield from _texts("trigger", wanted.triggers, actual.triggers)
    yield from _texts("view", wanted.views, actual.views)
    for name in wanted.tables:
        if name in actual:
            yield from _tables(wanted[name], actual[name], compare)


def _texts(kind: str, wanted: Mapping[str, str], actual: Mapping[str, str]) -> Iterator[Difference]:
    """Triggers or views, which are compared by their text."""
    for name in sorted(wanted.keys() - actual.keys()):
        yield Difference(f"no {kind}", "", name, wanted[name])
    for name in sorted(actual.keys() - wanted.keys()):
        yield Difference(f"extra {kind}", "", name, None, actual[name])
    for name in sorted(wanted.keys() & actual.keys()):
        if wanted[name] != actual[name]:
            yield Difference(f"other {kind}", "", name, wanted[name], actual[name])


def _tables(wanted: Table, actual: Table, compare: Collection[str]) -> Iterator[Difference]:
    table = wanted.name
    for name, column in wanted.columns.items():
        if name not in actual.columns:
            yield Difference("no column", table, name, column)
    for name, column in actual.columns.items():
        if name not in wanted.columns:
            yield Difference("extra column", table, name, None, column)
    for name, column in wanted.columns.items():
        if name in actual.columns:
            yield from _columns(table, column, actual.columns[name], compare)
    for kind, one, other in (
        ("other primary key", wanted.primary_key, actual.primary_key),
        ("other autoincrement", wanted.autoincrement, actual.autoincrement),
    ):
        if one != other:
            yield Difference(kind, table, "", one, other)
    yield from _foreign_keys(wanted, actual)
    yield from _sets(table, "unique rule", wanted.uniques, actual.uniques)
    yield from _sets(table, "index", wanted.indexes, actual.indexes)
    yield from _sets(table, "check", *map(_readable, (wanted.checks, actual.checks)))
    if "names" in compare:
        yield from _sets(table, "name", wanted.names, actual.names)


def _columns(
    table: str, wanted: Column, actual: Column, compare: Collection[str]
) -> Iterator[Difference]:
    for kind, one, other in (
        ("other type", wanted.type, actual.type),
        ("other NULL rule", wanted.nullable, actual.nullable),
        ("other collation", wanted.collation, actual.collation),
        ("other generation", wanted.generated, actual.generated),
        ("other default", wanted.default, actual.default),
    ):
        counts = kind != "other default" or "defaults" in compare
        if one != other and counts:
            yield Difference(kind, table, wanted.name, one, other)


def _readable(checks: frozenset[str]) -> frozenset[str]:
    """Conditions as people write them: `length(colour) <= 30`."""
    return frozenset(
        re.sub(r"\( | \)", lambda m: m[0].strip(), c.replace(" (", "(")) for c in checks
    )


def _foreign_keys(wanted: Table, actual: Table) -> Iterator[Difference]:
    """Keys that differ in their actions alone are one difference, not one missing and one extra."""
    missing = wanted.foreign_keys - actual.foreign_keys
    extra = actual.foreign_keys - wanted.foreign_keys
    for key in sorted(missing, key=str):
        same = next((other for other in extra if other.columns == key.columns), None)
        if same and (same.parent, same.parent_columns) == (key.parent, key.parent_columns):
            missing, extra = missing - {key}, extra - {same}
            yield Difference("other foreign key", wanted.name, ", ".join(key.columns), key, same)
    yield from _sets(wanted.name, "foreign key", missing, extra)


def _sets(
    table: str, kind: str, wanted: frozenset[Any], actual: frozenset[Any]
) -> Iterator[Difference]:
    for missing in sorted(wanted - actual, key=str):
        yield Difference(f"no {kind}", table, _part(missing), missing)
    for extra in sorted(actual - wanted, key=str):
        yield Difference(f"extra {kind}", table, _part(extra), None, extra)


def _part(rule: Index | ForeignKey | str) -> str:
    return rule if isinstance(rule, str) else ", ".join(rule.columns)
