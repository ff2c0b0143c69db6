"""A list of findings that a learner hands in: where a database differs from its models."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from remodel.database.schema import Schema, Table
from remodel.grading.refusal import Refused

KINDS = (
    "no table",
    "extra table",
    "no column",
    "extra column",
    "other type",
    "other NULL rule",
    "no unique rule",
    "extra unique rule",
    "no index",
    "extra index",
    "other foreign key",
)
#: What somebody believes whose list cannot be read at all.
UNREAD = "a-list-is-prose"


@dataclass(frozen=True, order=True)
class Finding:
    """One difference: the table, the column (or "" for the whole table), and what is different."""

    table: str
    column: str
    difference: str

    def folded(self) -> "Finding":
        """The same, written in the one way in which it is compared: SQL names have no case."""
        columns = ", ".join(part.strip() for part in self.column.split(","))
        return Finding(self.table.lower(), columns.lower(), self.difference)

    def miswritten(self, *schemas: Schema) -> str:
        """What is wrong with it as it is written, whatever the database is like; "" for nothing."""
        if "table" in self.difference:
            said = "This is about the whole table. Leave out the line `column`."
            return said if self.column else ""
        if not self.column:
            return "This needs a line `column`: which column is it about?"
        tables = [schema[self.table] for schema in schemas if self.table in schema]
        known = {name.lower() for table in tables for name in table.columns}
        words = [word for word in ("unique rule", "index") if word in self.difference]
        takes = f"the column that the {words[0]} is about" if words else "a column's name alone"
        for name in self.column.split(", "):
            if known and name not in known:
                return f"{self.table} has no column {name}, on either side. `column` takes {takes}."
        return ""

    def told_by(self, schema: Schema) -> str:
        """What `schema` has where the finding points."""
        table = schema.tables.get(self.table)
        if table is None:
            return f"no table {self.table}"
        if not self.column or "table" in self.difference:
            return f"a table with {', '.join(table.columns)}"
        rules: dict[str, frozenset[Any]] = {
            "unique rule": table.uniques,
            "index": table.indexes,
            "foreign key": table.foreign_keys,
        }
        for word, found in rules.items():
            if word in self.difference:
                return f"{word} {', '.join(map(str, sorted(found)))}" if found else f"no {word}"
        column = table.columns.get(self.column)
        null = "may be NULL" if column and column.nullable else "NOT NULL"
        return f"{column.type}, {null}" if column else f"no column {self.column}"

    def __str__(self) -> str:
        place = f"{self.table}.{self.column}" if self.column else self.table
        return f"{place}: {self.difference}"


def read_findings(text: str, file: str) -> list[Finding]:
    """The `[[finding]]` tables of `text`; raises Refused with the line where one is malformed."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{file}:{line[1]}" if line else file
        raise Refused(f"{file} is not TOML: {error}.", where=where, misconception=UNREAD) from None
    tables = told.get("finding", [])
    if set(told) - {"finding"} or not isinstance(tables, list):
        said = f"{file} holds something else than [[finding]] tables."
        raise Refused(said, where=file, misconception=UNREAD)
    return [_finding(each, number, file) for number, each in enumerate(tables, 1)]


def _finding(told: object, number: int, file: str) -> Finding:
    if not isinstance(told, dict) or set(told) - {"table", "column", "difference"}:
        raise _malformed(number, file, "has other keys than table, column and difference")
    parts = [told.get("table"), told.get("column", ""), told.get("difference")]
    if not all(isinstance(part, str) for part in parts):
        raise _malformed(number, file, "needs a table and a difference, each a text in quotes")
    table, column, said = (" ".join(str(part).split()) for part in parts)
    difference = next((kind for kind in KINDS if kind.lower() == said.lower()), None)
    if difference is None:
        raise _malformed(number, file, f"says {said!r}. It may say: {', '.join(KINDS)}")
    return Finding(table, column, difference).folded()


def _malformed(number: int, file: str, said: str) -> Refused:
    return Refused(f"Finding {number} in {file} {said}.", where=file)


def findings_between(models: Schema, database: Schema) -> set[Finding]:
    """Every way in which `database` differs from `models`, as findings."""
    found = {Finding(name, "", "no table") for name in models.tables if name not in database}
    found |= {Finding(name, "", "extra table") for name in database.tables if name not in models}
    for name in models.tables:
        if name in database:
            found |= set(_in_table(models[name], database[name]))
    return {finding.folded() for finding in found}


def _in_table(model: Table, table: Table) -> Iterator[Finding]:
    for name, column in model.columns.items():
        there = table.columns.get(name)
        if there is None:
            yield Finding(table.name, name, "no column")
        elif there.type != column.type:
            yield Finding(table.name, name, "other type")
        if there is not None and there.nullable != column.nullable:
            yield Finding(table.name, name, "other NULL rule")
    for name in table.columns:
        if name not in model.columns:
            yield Finding(table.name, name, "extra column")
    for kind, wanted, actual in (
        ("unique rule", model.uniques, table.uniques),
        ("index", model.indexes, table.indexes),
    ):
        for index in wanted - actual:
            yield Finding(table.name, ", ".join(index.columns), f"no {kind}")
        for index in actual - wanted:
            yield Finding(table.name, ", ".join(index.columns), f"extra {kind}")
    for key in model.foreign_keys ^ table.foreign_keys:
        yield Finding(table.name, ", ".join(key.columns), "other foreign key")
