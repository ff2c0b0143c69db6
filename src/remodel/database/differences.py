"""The differences between two schemas: of what kind, where, and in words."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from remodel.database.schema import INVALID, Column, ForeignKey, Index, Schema, Table


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
    place = f"{difference.table}.{difference.part}"
    if difference.wanted and difference.actual:
        return f"{place} is generated as {difference.actual}, not as {difference.wanted}"
    return f"{place} is {'' if difference.actual else 'not '}a generated column"


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
    actual, wanted = difference.actual, difference.wanted
    if not actual.columns:
        return f"{difference.table} has no primary key; it should be {wanted}"
    if not wanted.columns:
        return f"{difference.table} has the primary key {actual}; it should have none"
    return f"the primary key of {difference.table} is {actual}, not {wanted}"


def _numbering(difference: Difference) -> str:
    key, table = difference.part, difference.table
    if difference.actual:
        return f"{table} gives each new row a number as its {key}, and should not"
    return (
        f"{table} gives a new row no {key} of its own: "
        "SQLite numbers the rows of an INTEGER PRIMARY KEY alone"
    )


def _numbers(difference: Difference) -> str:
    place = f"{difference.table}.{difference.part}"
    if not difference.actual:
        return f"{place} gets no number of its own; it should get one {difference.wanted}"
    should = f"not {difference.wanted}" if difference.wanted else "and should not"
    return f"{place} gets a number {difference.actual}, {should}"


def _options(difference: Difference) -> str:
    actual, wanted = (", ".join(sorted(each)).upper() for each in _sides(difference))
    if not wanted:
        return f"{difference.table} is {actual}, and should not be"
    return f"{difference.table} should be {wanted}, and is " + (actual or "not")


def _sides(difference: Difference) -> tuple[Any, Any]:
    return difference.actual, difference.wanted


#: What becomes of a row that breaks a rule, by the words behind ON CONFLICT.
_CONFLICTS = {
    "fail": "such a row is refused, and the rows before it stay",
    "ignore": "such a row is dropped without a word",
    "rollback": "such a row undoes the whole transaction",
}
_UNIQUE_CONFLICTS = {
    **_CONFLICTS,
    "replace": "such a row takes the place of the one that is there",
}
_NULL_CONFLICTS = {**_CONFLICTS, "replace": "NULL becomes the default, where there is one"}


def _conflict(difference: Difference) -> str:
    rule = f"{difference.table}'s unique rule on ({difference.part})"
    return _clauses(rule, difference, _UNIQUE_CONFLICTS)


def _null_conflict(difference: Difference) -> str:
    rule = f"NOT NULL of {difference.table}.{difference.part}"
    return _clauses(rule, difference, _NULL_CONFLICTS)


def _clauses(rule: str, difference: Difference, meanings: Mapping[str, str]) -> str:
    actual, wanted = difference.actual, difference.wanted
    if not wanted:
        meaning = meanings.get(actual, "")
        return f"{rule} has ON CONFLICT {actual.upper()}, and should not: {meaning}"
    if not actual:
        return f"{rule} has no ON CONFLICT; it should have ON CONFLICT {wanted.upper()}"
    return f"{rule} has ON CONFLICT {actual.upper()}, not {wanted.upper()}"


def _other_rule(difference: Difference) -> str:
    return (
        f"in {difference.table}, {difference.part} is the name of {_the(difference.actual)}, "
        f"not of {_the(difference.wanted)}"
    )


def _kept_name(difference: Difference) -> str:
    now = f"is called {difference.actual} now" if difference.actual else "has no name now"
    rule = f"{_the(difference.part)} of {difference.table}"
    return f"{rule} was called {difference.wanted}, and {now}"


def _the(rule: str) -> str:
    return "the " + rule.replace("unique (", "unique rule (", 1)


def _invalid(difference: Difference) -> str:
    place = f"{difference.table}'s index {difference.part} on {difference.actual.completed}"
    return (
        f"{place} is invalid: its build did not come to its end, and no query uses it. Outside of "
        f"a transaction, DROP INDEX CONCURRENTLY {difference.part} takes it away"
    )


def _autoincrement(difference: Difference) -> str:
    return f"{difference.table} {'lost' if difference.wanted else 'gained'} AUTOINCREMENT"


def _foreign_key(difference: Difference) -> str:
    wanted, actual = (_actions(key) for key in (difference.wanted, difference.actual))
    key = f"{difference.part} → {difference.wanted.parent}"
    return f"{difference.table}'s foreign key {key} is {actual}, not {wanted}"


def _actions(key: ForeignKey) -> str:
    update = "" if key.on_update == "NO ACTION" else f" ON UPDATE {key.on_update}"
    deferred = " INITIALLY DEFERRED" if key.deferred else ""
    return f"ON DELETE {key.on_delete}{update}{deferred}" + (f" {key.more}" if key.more else "")


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
    "no object": "{part} is gone",
    "extra object": "there is {part}, which should not be there",
    "other object": "{part} is {actual}, not {wanted}",
    "other numbers": _numbers,
    "no column": "{table} has no column {part}",
    "extra column": "{table} has a column {part} too many",
    "other type": "{table}.{part} is {actual}, not {wanted}",
    "other NULL rule": _null_rule,
    "other collation": _collation,
    "other generation": _generation,
    "other default": _default,
    "other primary key": _primary_key,
    "other autoincrement": _autoincrement,
    "other numbering": _numbering,
    "other options": _options,
    "no number": "sqlite_sequence has no row {part} any more, which belonged to no table",
    "extra number": "sqlite_sequence has a row {part}, which belongs to no table",
    "other setting": "the setting {part} of the database is {actual}, not {wanted}",
    "other NULL conflict": _null_conflict,
    "other unique conflict": _conflict,
    "other foreign key": _foreign_key,
    "no foreign key": "{table} has no foreign key {there}",
    "extra foreign key": "{table} has a foreign key {there} too many",
    "no unique rule": "{table} has no unique constraint on {there}",
    "extra unique rule": "{table} has a unique constraint on {there} too many",
    "invalid index": _invalid,
    "no index": "{table} has no index on {there}",
    "extra index": "{table} has an index on {there} too many",
    "no check": "{table} has no check {part}",
    "extra check": "{table} has a check {part} too many",
    "no name": "{table} has no constraint or index called {part}",
    "extra name": "{table} has a constraint or index called {part} too many",
    "other rule": _other_rule,
    "other name": _kept_name,
}
_OF_A_COLUMN = {
    "no column",
    "extra column",
    "other type",
    "other NULL rule",
    "other collation",
    "other generation",
    "other default",
    "other NULL conflict",
    "other numbers",
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
    yield from _texts("object", wanted.objects, actual.objects)
    for name in sorted(wanted.settings.keys() & actual.settings.keys()):
        if wanted.settings[name] != actual.settings[name]:
            yield Difference(
                "other setting", "", name, wanted.settings[name], actual.settings[name]
            )
    for kind, numbers in (
        ("no number", wanted.numbers - actual.numbers),
        ("extra number", actual.numbers - wanted.numbers),
    ):
        yield from (Difference(kind, "", name) for name in sorted(numbers))
    for name in wanted.tables:
        if name in actual:
            yield from _tables(wanted[name], actual[name], compare)
    if wanted.version_table or actual.version_table:
        yield from _version_tables(wanted.version_table, actual.version_table)


def _version_tables(wanted: Table | None, actual: Table | None) -> Iterator[Difference]:
    """What differs in Alembic's own table, which is made when the first revision is applied.

    Where one side has none yet, it is as Alembic makes it, with a key or without: there is an
    option for that (`version_table_pk`).
    """
    for there in (wanted, actual):
        if there:
            column = Column("version_num", "VARCHAR(32)", False, None, len(there.primary_key))
            key = Index(there.primary_key)
            usual = Table(there.name, {column.name: column}, key=key)
    yield from _tables(wanted or usual, actual or usual, ())


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
    yield from _keys(wanted, actual)  # before what follows from it
    for name, column in wanted.columns.items():
        if name in actual.columns:
            yield from _columns(table, column, actual.columns[name], compare)
    if wanted.options != actual.options:
        yield Difference("other options", table, "", wanted.options, actual.options)
    yield from _foreign_keys(wanted, actual)
    yield from _unfinished(wanted, actual)
    yield from _uniques(table, *_finished(wanted.uniques, actual.uniques))
    yield from _sets(table, "index", *_finished(wanted.indexes, actual.indexes))
    yield from _sets(table, "check", *map(_readable, (wanted.checks, actual.checks)))
    if "names" in compare:
        yield from _names(wanted, actual)


def _keys(wanted: Table, actual: Table) -> Iterator[Difference]:
    if wanted.key != actual.key:
        yield Difference("other primary key", wanted.name, "", wanted.key, actual.key)
    elif wanted.numbers_rows != actual.numbers_rows and wanted.options == actual.options:
        key, numbers = ", ".join(wanted.primary_key), (wanted.numbers_rows, actual.numbers_rows)
        yield Difference("other numbering", wanted.name, key, *numbers)
    if wanted.autoincrement != actual.autoincrement:
        counts = (wanted.autoincrement, actual.autoincrement)
        yield Difference("other autoincrement", wanted.name, "", *counts)


def _columns(
    table: str, wanted: Column, actual: Column, compare: Collection[str]
) -> Iterator[Difference]:
    for kind, one, other in (
        ("other type", wanted.type, actual.type),
        ("other NULL rule", wanted.nullable, actual.nullable),
        ("other collation", wanted.collation, actual.collation),
        ("other generation", wanted.generated, actual.generated),
        ("other default", wanted.default, actual.default),
        ("other NULL conflict", wanted.on_null, actual.on_null),
        ("other numbers", wanted.numbered, actual.numbered),
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


def _unfinished(wanted: Table, actual: Table) -> Iterator[Difference]:
    """Indexes that a failed build has left: each has a name that is taken."""
    for word, its, wished in (
        ("index", actual.indexes, wanted.indexes),
        ("unique", actual.uniques, wanted.uniques),
    ):
        for index in sorted(its - wished):
            if index.completed != index:
                rule = f"{word} {Index(index.columns, index.where, more=INVALID)}"
                for name in sorted(actual.rules.get(rule, ())):
                    yield Difference("invalid index", actual.name, name, None, index)


def _finished(
    wanted: frozenset[Index], actual: frozenset[Index]
) -> tuple[frozenset[Index], frozenset[Index]]:
    """Both without what was said of such an index, and of the one that it was to be."""
    unfinished = frozenset(each for each in actual - wanted if each.completed != each)
    completed = frozenset(each.completed for each in unfinished) - actual
    return wanted - completed, actual - unfinished


def _uniques(
    table: str, wanted: frozenset[Index], actual: frozenset[Index]
) -> Iterator[Difference]:
    """Rules that differ in ON CONFLICT alone are one difference."""
    missing, extra = wanted - actual, actual - wanted
    for rule in sorted(missing):
        same = next((o for o in extra if (o.columns, o.where) == (rule.columns, rule.where)), None)
        if same:
            missing, extra = missing - {rule}, extra - {same}
            part, sides = ", ".join(rule.columns), (rule.on_conflict, same.on_conflict)
            yield Difference("other unique conflict", table, part, *sides)
    yield from _sets(table, "unique rule", missing, extra)


def _names(wanted: Table, actual: Table) -> Iterator[Difference]:
    """A name belongs to its rule: two that are exchanged are two differences."""
    before, after = _by_name(wanted), _by_name(actual)
    for name in sorted(before.keys() - after.keys()):
        yield Difference("no name", wanted.name, name, name)
    for name in sorted(after.keys() - before.keys()):
        yield Difference("extra name", wanted.name, name, None, name)
    for name in sorted(before.keys() & after.keys()):
        # A rule that is there under no name at all is missing, and that is said of the rule.
        both = before[name] in actual.rules or after[name] in wanted.rules
        if before[name] != after[name] and both:
            yield Difference("other rule", wanted.name, name, before[name], after[name])


def _by_name(table: Table) -> dict[str, str]:
    return {name: rule for rule, names in sorted(table.rules.items()) for name in sorted(names)}


def lost_names(before: Schema, after: Schema) -> list[Difference]:
    """The rules of `before` that are in `after` still and have lost a name that they had."""
    return [
        Difference("other name", table.name, rule, name, _one(after[table.name].rules[rule]))
        for table in before.tables.values()
        if table.name in after
        for rule, names in sorted(table.rules.items())
        for name in sorted(names - after[table.name].rules.get(rule, names))
    ]


def _one(names: frozenset[str]) -> str | None:
    return next(iter(sorted(names)), None)


def _sets(
    table: str, kind: str, wanted: frozenset[Any], actual: frozenset[Any]
) -> Iterator[Difference]:
    for missing in sorted(wanted - actual, key=str):
        yield Difference(f"no {kind}", table, _part(missing), missing)
    for extra in sorted(actual - wanted, key=str):
        yield Difference(f"extra {kind}", table, _part(extra), None, extra)


def _part(rule: Index | ForeignKey | str) -> str:
    return rule if isinstance(rule, str) else ", ".join(rule.columns)
