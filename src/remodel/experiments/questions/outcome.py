"""What is there after a run, in the lines that an option shows."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from remodel.course.families import Family, Look
from remodel.errors import CourseError


class RawConnection(Protocol):
    """A connection of a database's own driver, of SQLite's or of PostgreSQL's."""

    def execute(self, sql: str, /) -> Any:
        """Run one statement; returns a cursor."""
        ...

    def commit(self) -> object:
        """Keep what was done."""
        ...

    def close(self) -> object:
        """Let go of it."""
        ...


def looks_of(family: Family) -> tuple[Look, ...]:
    """What is looked at: the tables of the beginning, unless the family says it."""
    return family.looks or tuple(
        Look(f"SELECT * FROM {each.name} ORDER BY {each.order}", f"The table {each.name}:")
        for each in family.tables
    )


def seen(looks: Sequence[Look], database: RawConnection) -> str:
    """All that is looked at, with titles where that is more than one thing."""
    parts = []
    for look in looks:
        text = _attempted(look, database) if look.attempt else _queried(look, database)
        parts.append(f"{look.title}\n{text}" if len(looks) > 1 and look.title else text)
    return "\n".join(parts)


def in_columns(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table as text, each value as SQL writes it: '7' is a text, and 7 is a number."""
    lines = [list(heads), *([_literal(value) for value in row] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    numbers = [all(isinstance(row[at], int) for row in rows) and rows for at in range(len(heads))]
    return "\n".join(_line(line, widths, numbers) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[object]) -> str:
    columns = zip(cells, widths, numbers, strict=True)
    return "  ".join(
        f"{c:>{width}}" if number else f"{c:<{width}}" for c, width, number in columns
    ).rstrip()


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return "'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(value)


def _queried(look: Look, database: RawConnection) -> str:
    try:
        cursor = database.execute(look.sql)
    except sqlite3.OperationalError as error:
        if missing := re.fullmatch(r"no such table: (\w+)", str(error)):
            return f"There is no table {missing[1]}."
        raise CourseError(f"{error}, in {look.sql}") from error
    heads, rows = [each[0] for each in cursor.description], cursor.fetchall()
    return in_columns(heads, rows) if rows else "  ".join(heads) + "\n(no rows)"


def _attempted(look: Look, database: RawConnection) -> str:
    """Whether the database takes a statement; nothing of it is kept."""
    database.commit()
    database.execute("SAVEPOINT attempt")
    try:
        database.execute(look.sql)
        return "The database takes the row."
    except sqlite3.IntegrityError:
        return "The database refuses the row."
    except sqlite3.OperationalError as error:
        raise CourseError(f"{error}, in {look.sql}") from error
    finally:
        database.execute("ROLLBACK TO attempt")
        database.execute("RELEASE attempt")


def option_text(family: Family, stopped: int, now: str, before: str) -> str:
    """What a run has left: whether a command has stopped, and what is there."""
    return "\n".join(_lines(family, stopped, now, before))


def _lines(family: Family, stopped: int, now: str, before: str) -> Iterator[str]:
    if not stopped:
        yield now
        return
    who = f"Line {stopped}" if len(family.run) > 1 else "It"
    if any(look.attempt for look in family.looks):
        yield "It does not come to that: what is typed before it stops with an error."
    elif now == before:
        yield f"{who} stops with an error. What is shown above is as it was before."
    else:
        yield f"{who} stops with an error. Then there is:"
        yield now
