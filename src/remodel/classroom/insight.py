"""What a class did not understand: the pass rate of each check, and the misconceptions ranked."""

from collections.abc import Iterator
from dataclasses import dataclass

from remodel.classroom.book import Gradebook, Row


@dataclass(frozen=True)
class ShownBelief:
    """A misconception, and who showed it first in which exercise."""

    id: str
    #: Each learner once.
    rows: tuple[Row, ...]
    slugs: tuple[str, ...]


def ranked_beliefs(book: Gradebook) -> list[ShownBelief]:
    """The misconceptions behind the first failure of each answer, the most frequent first.

    What fails after it may fail because of it. Who handed nothing in has shown nothing.
    """
    rows: dict[str, dict[str, Row]] = {}
    slugs: dict[str, dict[str, None]] = {}
    for row in book.rows:
        for cell in row.cells.values():
            for belief in cell.beliefs[:1]:
                rows.setdefault(belief, {})[row.person.id] = row
                slugs.setdefault(belief, {})[cell.slug] = None
    beliefs = [ShownBelief(b, tuple(r.values()), tuple(slugs[b])) for b, r in rows.items()]
    return sorted(beliefs, key=lambda belief: (-len(belief.rows), belief.id))


@dataclass(frozen=True)
class Rate:
    """How many answers passed a check of those of which it was made."""

    title: str
    passed: int
    made: int


def rates(book: Gradebook, slug: str) -> list[Rate]:
    """The pass rate of every check of an exercise, the lowest first."""
    titles: dict[str, str] = {}
    made: dict[str, list[bool]] = {}
    for name, title, status in _checks(book, slug):
        titles[name] = title
        if status in ("pass", "fail"):
            made.setdefault(name, []).append(status == "pass")
    found = [Rate(titles[name], sum(each), len(each)) for name, each in made.items()]
    return sorted(found, key=lambda rate: (rate.passed / rate.made, rate.title))


def _checks(book: Gradebook, slug: str) -> Iterator[tuple[str, str, str]]:
    for row in book.rows:
        cell = row.cells[slug]
        if cell.result and cell.status in ("pass", "fail"):
            yield from ((c.name, c.title, c.status) for c in cell.result.tests)


def median_seconds(book: Gradebook, slug: str) -> float | None:
    """How long the grading of an answer took; None where none was graded."""
    cells = (row.cells[slug] for row in book.rows)
    seconds = sorted(c.result.seconds for c in cells if c.result and c.result.tests)
    return seconds[len(seconds) // 2] if seconds else None


def distribution(book: Gradebook, steps: int = 10) -> list[int]:
    """How many learners who were graded have 0 to 10 % of the points, 10 to 20 %, …"""
    counts = [0] * steps
    for row in book.rows:
        if row.has_mark and book.most:
            counts[min(steps - 1, int(row.total / book.most * steps))] += 1
    return counts


@dataclass(frozen=True)
class Equals:
    """Several learners whose answers to one exercise have the same words."""

    slug: str
    rows: tuple[Row, ...]
    #: Whether it is a pass: right answers are few, wrong ones are many.
    passes: bool


def equal_answers(book: Gradebook) -> list[Equals]:
    """The answers that several learners handed in, wrong ones first: those are seldom chance."""
    found = []
    for slug in book.slugs:
        groups: dict[str, list[Row]] = {}
        for row in book.rows:
            if digest := row.cells[slug].digest:
                groups.setdefault(digest, []).append(row)
        found += [
            Equals(slug, tuple(rows), rows[0].cells[slug].status == "pass")
            for rows in groups.values()
            if len(rows) > 1
        ]
    return sorted(found, key=lambda each: (each.passes, -len(each.rows), each.slug))
