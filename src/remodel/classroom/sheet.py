"""One learner's sheet: what came of each exercise, what happened, and what to read next."""

import hashlib
import re

from remodel.classroom.book import Cell, Gradebook, Row
from remodel.classroom.page import mark_shown, person, sentence, text, whole_page
from remodel.classroom.results_store import GradedCheck
from remodel.classroom.tables import number
from remodel.course.catalog import Catalog

#: How the name of a learner's file ends.
NAMED = re.compile(r"-[0-9a-f]{8}\.(html|json)$")


def sheet_name(row: Row) -> str:
    """The name of the sheet's file: of letters that every system takes, and no other's."""
    letters = re.sub(r"[^\w-]+", "-", row.person.id)[:40].strip("-")
    return f"{letters}-{hashlib.sha256(row.person.id.encode()).hexdigest()[:8]}.html"


def sheet(book: Gradebook, row: Row, catalog: Catalog) -> str:
    """The whole file."""
    title = book.title or "Remodel"
    parts = [
        f"<h1>{person(book.label(row))}</h1>",
        f'<p class="soft">{text(title)}</p>',
        f"<p><strong>{_points(book, row)}</strong>{_late(row)}</p>",
        *(f"<p>{text(note)}</p>" for note in row.notes),
        *(_exercise(catalog, row.cells[slug]) for slug in book.slugs),
    ]
    return whole_page(f"{row.person.name}: {title}", "\n".join(parts))


def _points(book: Gradebook, row: Row) -> str:
    if not row.handed_in:
        return "Nothing was handed in."
    if not row.is_whole:
        return "Not all of it could be graded, so there are no points yet."
    return f"{number(row.total)} of {number(book.most)} points"


def _late(row: Row) -> str:
    if not row.late_by:
        return ""
    hours = max(1, round(row.late_by.total_seconds() / 3600))
    lost = f", and {round((1 - row.share) * 100)} % are taken off" if row.share < 1 else ""
    return f" (handed in {hours} h late{lost})"


def _exercise(catalog: Catalog, cell: Cell) -> str:
    exercise = catalog.exercises[cell.slug]
    earned = number(cell.points) if cell.has_mark else "–"
    points = f"{earned} of {number(cell.worth)} points"
    head = (
        f"<h2>{text(exercise.title)}</h2>"
        f'<p>{mark_shown(cell.status)} <span class="soft">· <code>{cell.slug}</code> '
        f"· {points}</span></p>"
    )
    return head + _outcome(catalog, cell)


def _outcome(catalog: Catalog, cell: Cell) -> str:
    exercise = catalog.exercises[cell.slug]
    if cell.status == "pass":
        return f"<p>{sentence(exercise.stake)}</p>" if exercise.stake else ""
    if cell.is_untouched:
        return (
            f"<p>{text(cell.reason)} Did you work in another folder? "
            f"<code>remodel pack {cell.slug}</code> packs the one that "
            f"<code>remodel start</code> has made.</p>"
        )
    if cell.status == "not handed in":
        return f"<p>Begin with <code>remodel start {cell.slug}</code>.</p>"
    if cell.status == "error" or cell.result is None:
        return f"<pre>{text(cell.reason or 'It could not be graded.')}</pre>"
    return _failure(catalog, cell)


def _title(check: GradedCheck) -> str:
    return "A check that is not shown" if check.hidden else text(check.title)


def _failure(catalog: Catalog, cell: Cell) -> str:
    assert cell.result is not None
    # What the teacher keeps to themselves is heard of last, and without words.
    first, *others = sorted(cell.result.failures, key=lambda check: check.hidden)
    lesson = catalog.lessons[catalog.exercises[cell.slug].lesson]
    where = f"<p>{text(first.where)}: <code>{text(first.source or '')}</code></p>"
    parts = [
        f"<h3>{_title(first)}</h3>",
        "" if first.hidden else f"<pre>{text(first.message)}</pre>",
        where if first.where and not first.hidden else "",
        f'<p class="say">{sentence(first.hint)}</p>' if first.hint and not first.hidden else "",
        f"<p>Read: lesson {lesson.number}, {text(lesson.title)} "
        f"(<code>remodel read {lesson.number}</code>). To try again: "
        f"<code>remodel check {cell.slug}</code></p>",
    ]
    if others:
        listed = "".join(f"<li>{_title(check)}</li>" for check in others)
        parts.append(f"<p>Not so yet, either:</p><ul>{listed}</ul>")
    return f'<div class="card">{"".join(parts)}</div>'
