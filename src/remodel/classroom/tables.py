"""The gradebook as tables that spreadsheets, Moodle and Canvas read."""

import csv
import io
from collections.abc import Iterable, Sequence

from remodel.classroom.book import Gradebook, Row

#: A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe(value: object) -> str:
    """A cell that no spreadsheet runs: what looks like a formula begins with an apostrophe."""
    text = str(value)
    if not isinstance(value, str):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def number(points: float) -> str:
    """Points without digits that say nothing."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([safe(v) for v in row] for row in rows)
    return text.getvalue()


def gradebook_csv(book: Gradebook) -> str:
    """Everything: a line for each learner, two columns for each exercise."""
    head = ["id", "name", "number"]
    for slug in book.slugs:
        head += [slug, f"{slug} points"]
    head += ["late (hours)", "points", "of", "notes"]
    return as_csv([head, *(_line(book, row) for row in book.rows)])


def _line(book: Gradebook, row: Row) -> list[object]:
    line: list[object] = [row.person.id, row.person.name, row.person.number]
    for slug in book.slugs:
        cell = row.cells[slug]
        line += [_status(cell.status), number(cell.points) if cell.has_mark else ""]
    hours = number(row.late_by.total_seconds() / 3600)
    reasons = dict.fromkeys(cell.reason for cell in row.cells.values() if cell.reason)
    notes = " ".join([*row.notes, *reasons])
    return [*line, hours, _grade(row), number(book.most), notes]


def _status(status: str) -> str:
    return {"error": "not graded"}.get(status, status)


def moodle_csv(book: Gradebook) -> str:
    """For Moodle's import of grades: the participant's number, as in its downloads."""
    head = ["Identifier", "Full name", "Grade", "Maximum grade"]
    lines = [
        [_participant(row), row.person.name, _grade(row), number(book.most)]
        for row in book.rows
        if row.handed_in
    ]
    return as_csv([head, *lines])


def _grade(row: Row) -> str:
    """The points; nothing where they are no mark yet, or where there is nothing to mark."""
    return number(row.total) if row.has_mark else ""


def _participant(row: Row) -> str:
    return f"Participant {row.person.number}" if row.person.number else row.person.id


def canvas_csv(book: Gradebook) -> str:
    """For Canvas's import of grades: its columns, and one for the assignment."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", book.title or "Remodel"]
    lines = [
        [row.person.name, row.person.number, "", row.person.id, "", _grade(row)]
        for row in book.rows
        if row.handed_in
    ]
    possible = ["    Points Possible", "", "", "", "", number(book.most)]
    return as_csv([head, possible, *lines])
