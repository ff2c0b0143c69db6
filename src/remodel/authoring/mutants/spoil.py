"""Spoils the database of a running migration: what a spoiler's revision calls at its place.

A revision calls this by name, so that no word of the change stands in its text: whoever reads what
an answer compares with finds nothing, and the rows have to show it.
"""

from collections.abc import Collection

from sqlalchemy import Connection

from remodel.authoring.mutants import (
    held_out,
    held_out_sql,
    spoil_postgresql,
    spoil_sqlite,
)
from remodel.database.value_changes import CATALOGUE, ValueChange

#: Each catalogue of changes of a value: A shapes the rows that a grader uses, B never does.
VALUES: dict[str, dict[str, ValueChange]] = {
    "A": {each.name: each for each in CATALOGUE},
    "B": {each.name: each for each in held_out.VALUES},
}

_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def changes_on(engine: str, catalogue: str) -> list[str]:
    """The names of those changes of `catalogue` whose examples `engine` can hold."""
    return [n for n, each in VALUES[catalogue].items() if _ENGINES[engine] in each.engines]


def spoil(bind: Connection, catalogue: str, name: str, but: Collection[str]) -> None:
    """Do what `catalogue` calls `name` to each table of the app, none of which is in `but`."""
    engine = bind.dialect.name
    what = VALUES[catalogue].get(name) or held_out_sql.statements_on(engine)[name]
    if engine == "postgresql":
        spoil_postgresql.spoil(bind, what, but)
    else:
        spoil_sqlite.spoil(bind, what, but)
