"""A list of findings that a learner hands in: where a database differs from its models."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from remodel.course.decoding import plain_blanks
from remodel.database.differences import Difference, differences
from remodel.database.schema import Schema
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
#: Differences that a list says in fewer words.
_IN_A_LIST = {
    "batch left behind": "extra table",
    "no foreign key": "other foreign key",
    "extra foreign key": "other foreign key",
}
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
            advice = "This is about the whole table. Leave out the line `column`."
            return advice if self.column else ""
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

    def seen_in(self, schema: Schema) -> str:
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
        for word, there in rules.items():
            if word in self.difference:
                return f"{word} {', '.join(map(str, sorted(there)))}" if there else f"no {word}"
        column = table.columns.get(self.column)
        null = "may be NULL" if column and column.nullable else "NOT NULL"
        return f"{column.type}, {null}" if column else f"no column {self.column}"

    def __str__(self) -> str:
        place = f"{self.table}.{self.column}" if self.column else self.table
        return f"{place}: {self.difference}"


def read_findings(text: str, file: str) -> list[Finding]:
    """The `[[finding]]` tables of `text`; raises Refused with the line where one is malformed."""
    try:
        parsed = tomllib.loads(plain_blanks(text).lstrip("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{file}:{line[1]}" if line else file
        raise Refused(f"{file} is not TOML: {error}.", where=where, misconception=UNREAD) from None
    except (ValueError, RecursionError):  # a number without end, a list in a list in a list
        problem = f"{file} is more than TOML can hold. A finding takes three short lines."
        raise Refused(problem, where=file, misconception=UNREAD) from None
    tables = parsed.get("finding", [])
    if set(parsed) - {"finding"} or not isinstance(tables, list):
        problem = f"{file} holds something else than [[finding]] tables."
        raise Refused(problem, where=file, misconception=UNREAD)
    return [_finding(each, number, file) for number, each in enumerate(tables, 1)]


def _finding(entry: object, number: int, file: str) -> Finding:
    if not isinstance(entry, dict) or set(entry) - {"table", "column", "difference"}:
        raise _malformed(number, file, "has other keys than table, column and difference")
    parts = [entry.get("table"), entry.get("column", ""), entry.get("difference")]
    if not all(isinstance(part, str) for part in parts):
        raise _malformed(number, file, "needs a table and a difference, each a text in quotes")
    table, column, words = (" ".join(str(part).split()) for part in parts)
    difference = next((kind for kind in KINDS if kind.lower() == words.lower()), None)
    if difference is None:
        raise _malformed(number, file, f"says {words!r}. It may say: {', '.join(KINDS)}")
    return Finding(table, column, difference).folded()


def _malformed(number: int, file: str, problem: str) -> Refused:
    return Refused(f"Finding {number} in {file} {problem}.", where=file)


def findings_between(models: Schema, database: Schema) -> set[Finding]:
    """Every way in which `database` differs from `models` that a list of findings can say."""
    return set(_findings(differences(models, database)))


def _findings(differing: list[Difference]) -> Iterator[Finding]:
    for difference in differing:
        kind = _IN_A_LIST.get(difference.kind, difference.kind)
        if kind in KINDS:
            yield Finding(difference.table, difference.part, kind).folded()
