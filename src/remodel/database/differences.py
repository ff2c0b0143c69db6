"""The differences between two schemas, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from remodel.database.schema import Column, ForeignKey, Schema, Table


@dataclass(frozen=True)
class Difference:
    """One thing that differs: a sentence, and the words to look for in the revisions."""

    sentence: str
    words: tuple[str, ...]


def differences(wanted: Schema, actual: Schema, compare: tuple[str, ...] = ()) -> list[Difference]:
    """How `actual` differs from `wanted`; an empty list where it does not.

    Column order never counts. Constraint names count where `compare` has "names", server
    defaults where it has "defaults".
    """
    return list(_schemas(wanted, actual, compare))


def _schemas(wanted: Schema, actual: Schema, compare: tuple[str, ...]) -> Iterator[Difference]:
    for name in wanted.tables:
        if name not in actual:
            yield Difference(f"there is no table {name}", (name,))
    for name in actual.tables:
        if name.startswith("_alembic_tmp_"):
            yield Difference(f"{name} was left behind by a batch that failed", (name,))
        elif name not in wanted:
            yield Difference(f"there is a table {name} that should not be there", (name,))
    for kind, was, now in (
        ("trigger", wanted.triggers, actual.triggers),
        ("view", wanted.views, actual.views),
    ):
        for name in was.keys() - now.keys():
            yield Difference(f"the {kind} {name} is gone", (name,))
        for name in now.keys() - was.keys():
            yield Difference(f"there is a {kind} {name} that should not be there", (name,))
        for name in was.keys() & now.keys():
            if was[name] != now[name]:
                yield Difference(f"the {kind} {name} is not the same", (name,))
    for name in wanted.tables:
        if name in actual:
            yield from _tables(wanted[name], actual[name], compare)


def _tables(wanted: Table, actual: Table, compare: tuple[str, ...]) -> Iterator[Difference]:
    table = wanted.name
    for name in wanted.columns:
        if name not in actual.columns:
            yield Difference(f"{table} has no column {name}", (name, table))
    for name in actual.columns:
        if name not in wanted.columns:
            yield Difference(f"{table} has a column {name} too many", (name, table))
    for name, column in wanted.columns.items():
        if name in actual.columns:
            yield from _columns(table, column, actual.columns[name], compare)
    if wanted.primary_key != actual.primary_key:
        yield Difference(
            f"the primary key of {table} is ({', '.join(actual.primary_key) or 'none'}), "
            f"not ({', '.join(wanted.primary_key)})",
            (table,),
        )
    if wanted.autoincrement != actual.autoincrement:
        word = "lost" if wanted.autoincrement else "gained"
        yield Difference(f"{table} {word} AUTOINCREMENT", (table,))
    yield from _foreign_keys(wanted, actual)
    yield from _sets(table, "unique constraint on", wanted.uniques, actual.uniques)
    yield from _sets(table, "index on", wanted.indexes, actual.indexes)
    yield from _sets(table, "check", *map(_readable, (wanted.checks, actual.checks)))
    if "names" in compare:
        yield from _sets(table, "constraint or index called", wanted.names, actual.names)


def _columns(
    table: str, wanted: Column, actual: Column, compare: tuple[str, ...]
) -> Iterator[Difference]:
    place, words = f"{table}.{wanted.name}", (wanted.name, table)
    if wanted.type != actual.type:
        yield Difference(f"{place} is {actual.type}, not {wanted.type}", words)
    if wanted.nullable != actual.nullable:
        may = "may be NULL" if actual.nullable else "may not be NULL"
        should = "it should allow NULL" if wanted.nullable else "it should be NOT NULL"
        yield Difference(f"{place} {may}; {should}", words)
    if wanted.collation != actual.collation:
        was, now = (each.collation or "the default one" for each in (wanted, actual))
        yield Difference(f"{place} has the collation {now}, not {was}", words)
    if wanted.generated != actual.generated:
        yield Difference(f"{place} is {'not ' * (not actual.generated)}a generated column", words)
    if "defaults" in compare and wanted.default != actual.default:
        yield Difference(f"{place} {_other_default(wanted, actual)}", words)


def _other_default(wanted: Column, actual: Column) -> str:
    if actual.default is None:
        return f"has no server default; it should have {wanted.default}"
    if wanted.default is None:
        return f"has the server default {actual.default}; it should have none"
    return f"has the server default {actual.default}, not {wanted.default}"


def _readable(checks: frozenset[str]) -> frozenset[str]:
    """Conditions as people write them: `length(colour) <= 30`."""
    return frozenset(
        re.sub(r"\( | \)", lambda m: m[0].strip(), c.replace(" (", "(")) for c in checks
    )


def _foreign_keys(wanted: Table, actual: Table) -> Iterator[Difference]:
    """Keys that differ in their actions alone are one difference, not one missing and one extra."""
    missing, extra = wanted.foreign_keys - actual.foreign_keys, actual.foreign_keys
    extra -= wanted.foreign_keys
    for key in sorted(missing, key=str):
        same = next((other for other in extra if other.columns == key.columns), None)
        if same and (same.parent, same.parent_columns) == (key.parent, key.parent_columns):
            missing, extra = missing - {key}, extra - {same}
            yield Difference(
                f"{wanted.name}'s foreign key {', '.join(key.columns)} → {key.parent} "
                f"{_actions(same)}, not {_actions(key).removeprefix('is ')}",
                (*key.columns, wanted.name),
            )
    yield from _sets(wanted.name, "foreign key", missing, extra)


def _actions(key: ForeignKey) -> str:
    update = "" if key.on_update == "NO ACTION" else f" ON UPDATE {key.on_update}"
    return f"is ON DELETE {key.on_delete}{update}"


def _sets(
    table: str, kind: str, wanted: frozenset[Any], actual: frozenset[Any]
) -> Iterator[Difference]:
    for missing in sorted(wanted - actual, key=str):
        yield Difference(f"{table} has no {kind} {missing}", _words(table, missing))
    for extra in sorted(actual - wanted, key=str):
        article = "an" if kind[0] in "aeio" else "a"  # "a unique constraint", "an index"
        yield Difference(f"{table} has {article} {kind} {extra} too many", _words(table, extra))


def _words(table: str, part: object) -> tuple[str, ...]:
    columns = getattr(part, "columns", ())
    return (table, *columns)
