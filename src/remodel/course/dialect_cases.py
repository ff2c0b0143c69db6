"""Migrations that are run on three databases: the cases, and what came of each, as data."""

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError

#: What is answered where a table or a column is asked for.
THERE, NOT_THERE = "there", "not there"


class Asked(TomlStruct):
    """One thing to look at afterwards: whether a table or column is there, or a query's answer.

    `insert` comes before the query; where it is refused, the refusal is the answer.
    """

    what: Text
    table: str = ""
    column: str = ""
    insert: str = ""
    sql: str = ""


class DialectCase(TomlStruct):
    """A migration, the rows that it meets, and what to look at afterwards."""

    id: Text
    what: Text
    before: Text
    revision: Text
    #: A revision that comes between the two, in the same upgrade.
    between: str = ""
    #: The body that is tried after the other one failed.
    repaired: str = ""
    rows: tuple[str, ...] = ()
    together: bool = False
    ask: tuple[Asked, ...] = ()
    #: What follows from it, for the page.
    says: str = ""


class DialectGroup(TomlStruct, kw_only=True):
    """Cases that a reader looks for in one place."""

    title: Text
    cases: tuple[DialectCase, ...] = msgspec.field(name="case")


class DialectFile(TomlStruct):
    """docs/dialects-cases.toml."""

    groups: tuple[DialectGroup, ...] = msgspec.field(name="group", default=())


class DialectOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of one migration on one database.

    `message` is why it failed, or "". `after` has an answer for each thing that was asked. `again`
    is how the repaired body ended: "works" or why not. `locks` are PostgreSQL's, strongest first,
    each a table and a mode; `copied` are the tables whose rows were all written to another place.
    """

    message: str = ""
    after: tuple[str, ...] = ()
    again: str = ""
    locks: tuple[tuple[str, str], ...] = ()
    copied: tuple[str, ...] = ()


#: Engine to id of the case to outcome.
DialectOutcomes = dict[str, dict[str, DialectOutcome]]


def read_dialect_groups(file: Path) -> list[DialectGroup]:
    """The groups of cases in `file`; raises CourseError where a key is missing or unknown."""
    return list(read_struct(file, DialectFile).groups)


def select_dialect_cases(file: Path, ids: Sequence[str]) -> list[DialectCase]:
    """The cases of these ids, or all; raises CourseError where an id is unknown."""
    known = {case.id: case for group in read_dialect_groups(file) for case in group.cases}
    for each in ids:
        if each not in known:
            raise CourseError(f"{file} has no case {each!r}.")
    return [known[each] for each in ids] or list(known.values())


def read_dialect_outcomes(file: Path) -> DialectOutcomes:
    """What docs/dialects.json says of each engine and case; raises CourseError."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=DialectOutcomes)
    except msgspec.MsgspecError as error:
        raise CourseError(f"{file}: {error}. Run `remodel dev dialects --write`.") from error


def dialect_outcomes_text(outcomes: DialectOutcomes) -> str:
    """The same as text for the file."""
    return json.dumps(msgspec.to_builtins(outcomes), indent=1, ensure_ascii=False) + "\n"
