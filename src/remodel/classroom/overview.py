"""class.html: a class at a glance, and what to say to it."""

from collections.abc import Iterator, Sequence

from remodel.classroom.book import Gradebook, Row
from remodel.classroom.gained import gains_table
from remodel.classroom.insight import (
    ShownBelief,
    distribution,
    equal_answers,
    median_seconds,
    ranked_beliefs,
    rates,
)
from remodel.classroom.page import key, mark, person, sentence, text, whole_page
from remodel.classroom.sheet import sheet_name
from remodel.classroom.tables import number
from remodel.course.catalog import Catalog
from remodel.course.inventory import IdeaGain

#: Where, beside class.html, the sheets lie.
SHEETS = "learners"
#: How many misconceptions are shown at first: more than a session has time for.
_AT_FIRST = 5
#: Nobody can open a name on paper. The checks of an exercise fill a page: they are printed where
#: they are open.
_STYLE = """
@media print {
  .card details::details-content { block-size: auto; content-visibility: visible; }
  tbody th { max-width: 34rem; }
}
"""


def overview(book: Gradebook, catalog: Catalog, gains: Sequence[IdeaGain] = ()) -> str:
    """The whole file; `gains` where the inventory was asked."""
    title = book.title or "The class"
    parts = [
        f"<h1>{text(title)}</h1>",
        f"<p>{_counts(book)}</p>",
        *_to_look_at(book),
        "<h2>What to talk about</h2>",
        *_beliefs(book, catalog),
        gains_table(gains),
        "<h2>Who and what</h2>",
        key(),
        _map(book),
        "<h2>Points</h2>",
        _distribution(book),
        "<h2>Every check</h2>",
        *(_checks(book, catalog, slug) for slug in book.slugs),
    ]
    return whole_page(title, "\n".join([*parts, *_equal(book)]), _STYLE)


def _equal(book: Gradebook) -> Iterator[str]:
    groups = equal_answers(book)
    if not groups:
        return
    lines = "".join(
        f"<li><code>{group.slug}</code> ({'passed' if group.passes else 'failed'}): "
        f"{', '.join(_link(book, row) for row in group.rows)}</li>"
        for group in groups
    )
    yield (
        "<h2>Equal answers</h2><p>The same words, but for blanks. That two passed with the same "
        "words says little: the solutions are published, and short exercises have few right "
        "answers. The same mistake says more, and proves nothing: two may have worked together. "
        f"Ask both to explain a line.</p><ul>{lines}</ul>"
    )


def _counts(book: Gradebook) -> str:
    handed_in = sum(row.handed_in for row in book.rows)
    learners = f"{len(book.rows)} learner{'s' * (len(book.rows) != 1)}"
    return (
        f"{learners}, {handed_in} of them handed something in. "
        f"Of their answers {book.count('pass')} passed and {book.count('fail')} failed; "
        f"{book.count('error')} could not be graded."
    )


def _to_look_at(book: Gradebook) -> Iterator[str]:
    lines = [
        f"<li>{_link(book, row)}: {text(note)}</li>"
        for row in book.rows
        for note in dict.fromkeys(
            [*row.notes, *(cell.reason for cell in row.cells.values() if cell.status == "error")]
        )
    ]
    late = [row for row in book.rows if row.late_by]
    lines += [f"<li>Late: {', '.join(_link(book, row) for row in late)}</li>"] if late else []
    lines += _untouched(book)
    if lines:
        yield f"<h2>To look at</h2><ul>{''.join(lines)}</ul>"


def _untouched(book: Gradebook) -> Iterator[str]:
    for slug in book.slugs:
        rows = [row for row in book.rows if row.cells[slug].is_untouched]
        if rows:
            names = ", ".join(_link(book, row) for row in rows)
            yield f"<li>{text(rows[0].cells[slug].reason)} Not handed in: {names}</li>"


def _link(book: Gradebook, row: Row) -> str:
    return f'<a href="{SHEETS}/{sheet_name(row)}">{person(book.label(row))}</a>'


def _beliefs(book: Gradebook, catalog: Catalog) -> Iterator[str]:
    beliefs = ranked_beliefs(book)
    if not beliefs:
        yield "<p>No answer that was graded shows a misconception.</p>"
    first = beliefs[:_AT_FIRST]
    yield from (_belief(book, belief, catalog) for belief in first)
    rest = "".join(_belief(book, belief, catalog) for belief in beliefs[_AT_FIRST:])
    if rest:
        more = len(beliefs) - len(first)
        yield f"<details><summary>{more} more, of fewer learners</summary>{rest}</details>"


def _belief(book: Gradebook, belief: ShownBelief, catalog: Catalog) -> str:
    lessons = {catalog.exercises[slug].lesson for slug in belief.slugs}
    shown = [catalog.lessons[name] for name in sorted(lessons)]
    pages = ", ".join(
        f"lesson {each.number}, {text(each.title)} (<code>remodel read {each.number}</code>)"
        for each in shown
    )
    count = len(belief.rows)
    names = ", ".join(_link(book, row) for row in belief.rows)
    slugs = ", ".join(f"<code>{slug}</code>" for slug in belief.slugs)
    return (
        f'<section class="card"><h3>{count} learner{"s" if count > 1 else ""}: '
        f"“{text(belief.id.replace('-', ' '))}”</h3>"
        f'<p class="say">{sentence(catalog.misconceptions.get(belief.id, ""))}</p>'
        f'<p>Show: {pages}. <span class="soft">In {slugs}.</span></p>'
        f"<details><summary>Who</summary><p>{names}</p></details></section>"
    )


def _map(book: Gradebook) -> str:
    heads = "".join(f'<th scope="col" class="slug"><span>{slug}</span></th>' for slug in book.slugs)
    lines = []
    for row in book.rows:
        cells = "".join(f"<td>{mark(row.cells[slug].status)}</td>" for slug in book.slugs)
        points = number(row.total) if row.has_mark else "not yet" if row.handed_in else "–"
        lines.append(
            f'<tr><th scope="row">{_link(book, row)}</th>{cells}'
            f'<td class="number">{points}</td></tr>'
        )
    return (
        '<div class="scroll" role="region" aria-label="Learners and exercises" tabindex="0">'
        f'<table class="map"><thead><tr><th scope="col">Learner</th>{heads}'
        f'<th scope="col" class="number">of {number(book.most)}</th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _distribution(book: Gradebook) -> str:
    counts = distribution(book)
    most = max([*counts, 1])
    lines = "".join(
        f'<tr><th scope="row">{step * 10} to {step * 10 + 10} %</th>'
        f'<td><meter min="0" max="{most}" value="{count}" aria-hidden="true"></meter> {count}</td>'
        "</tr>"
        for step, count in enumerate(counts)
    )
    return (
        '<table><thead><tr><th scope="col">Of the points</th>'
        '<th scope="col">Learners who handed something in</th></tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def _checks(book: Gradebook, catalog: Catalog, slug: str) -> str:
    found = rates(book, slug)
    seconds = median_seconds(book, slug)
    took = f" (grading took {seconds:.1f} s)" if seconds is not None else ""
    lines = "".join(
        f'<tr><th scope="row">{text(rate.title)}</th>'
        f'<td class="number">{rate.passed} of {rate.made}</td></tr>'
        for rate in found
    )
    table = (
        f'<div class="scroll" role="region" aria-label="Checks of {slug}" tabindex="0">'
        '<table><thead><tr><th scope="col">Check</th><th scope="col" class="number">'
        f"Passed</th></tr></thead><tbody>{lines}</tbody></table></div>"
    )
    passed = sum(row.cells[slug].status == "pass" for row in book.rows)
    graded = sum(row.cells[slug].status in ("pass", "fail") for row in book.rows)
    return (
        f"<details><summary>{text(catalog.exercises[slug].title)}: {passed} of {graded} passed"
        f"{took}</summary>{table if found else ''}</details>"
    )
