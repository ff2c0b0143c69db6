"""Fills a family: each `<name>` gives way to what was drawn for it, and each table has rows."""

import random
import re
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from remodel.course.families import Family, StartTable
from remodel.errors import CourseError

PLACEHOLDER = re.compile(r"<([a-z_]+)>")

S = TypeVar("S", bound=msgspec.Struct)


def filled(family: Family, rng: random.Random) -> Family:
    """One draw of a family: no placeholder is left, and each row is the only one to draw."""
    names = _drawn_names(family, rng)
    tables = tuple(_with_rows(table, rng) for table in family.tables)
    whole = _translated(msgspec.structs.replace(family, draw={}, tables=tables), names)
    return msgspec.structs.replace(whole, run=tuple(line for line in whole.run if line))


def _drawn_names(family: Family, rng: random.Random) -> dict[str, str]:
    names: dict[str, str] = {}
    for name, values in family.draw.items():
        value = rng.choice(values)
        drawn = {name: value} if isinstance(value, str) else value
        names.update({name: _fill(text, names) for name, text in drawn.items()})
    return names


def _fill(text: str, names: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: _name(match[1], names), text)


def _with_rows(table: StartTable, rng: random.Random) -> StartTable:
    rows = [rng.choice(each) for each in table.rows]
    rng.shuffle(rows)
    return msgspec.structs.replace(table, rows=tuple((row,) for row in rows if row))


def _translated(part: S, names: Mapping[str, str]) -> S:
    """The same struct, in all its texts the names that were drawn."""

    def fill(value: object) -> object:
        if isinstance(value, str):
            return _fill(value, names)
        if isinstance(value, tuple):
            return tuple(fill(each) for each in value)
        return _translated(value, names) if isinstance(value, msgspec.Struct) else value

    values = {name: fill(getattr(part, name)) for name in part.__struct_fields__}
    return type(part)(**values)


def _name(name: str, names: Mapping[str, str]) -> str:
    if name not in names:
        raise CourseError(f"Nothing is drawn for <{name}>. Write it under [draw].")
    return names[name]
