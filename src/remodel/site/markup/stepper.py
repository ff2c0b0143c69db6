"""A film as HTML: a table of its states; docs/assets/stepper.js shows them one by one."""

import html
import json
from collections.abc import Iterable, Iterator, Sequence

from remodel.site.transcripts.film import Cell, Frame, PlanSeen, RecordedFilm, TableSeen

HEADS = (
    ("wish", "Models", "the wish"),
    ("plan", "Revisions", "the plans"),
    ("house", "Database", "the house"),
)


def stepper(recording: RecordedFilm, name: str) -> str:
    """The whole film: without JavaScript, and on paper, one row after the other."""
    heads = "".join(
        f'<th scope="col" class="pane-{pane}">{title} <small>{what}</small></th>'
        for pane, title, what in HEADS
    )
    rows = "\n".join(
        _row(number, before, frame)
        for number, (before, frame) in enumerate(pairs(recording.frames))
    )
    return (
        f'<figure class="stepper" id="{name}">\n<figcaption>{_text(recording.title)}</figcaption>\n'
        f'<table class="states"><thead><tr><th scope="col">Step</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></figure>"
    )


def pairs(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Frame]]:
    """Each frame with the one before it; the first with itself."""
    return zip([frames[0], *frames], frames, strict=False)


def _row(number: int, before: Frame, frame: Frame) -> str:
    idle = html.escape(json.dumps({each.by: each.says for each in frame.idle}), quote=True)
    by = f"<b>{_text(frame.by)}</b> " if frame.by else ""
    return (
        f'<tr data-by="{html.escape(frame.by)}" data-idle="{idle}">'
        f'<th scope="row"><span class="step-number">{number}</span> {by}'
        f'<span class="step-says">{_text(frame.says)}</span></th>\n'
        f'<td class="pane-wish">{_code(before.models, frame.models)}</td>\n'
        f'<td class="pane-plan">{_plans(before, frame)}</td>\n'
        f'<td class="pane-house">{_house(before, frame)}</td></tr>'
    )


def _code(before: Sequence[str], lines: Sequence[str]) -> str:
    marked = (_new(_text(line)) if line not in before else _text(line) for line in lines)
    return f"<pre><code>{chr(10).join(marked)}</code></pre>"


def _new(text: str) -> str:
    return f'<mark class="new">{text}</mark>'


def _plans(before: Frame, frame: Frame) -> str:
    known = {each.id: each for each in before.revisions}
    return "\n".join(_plan(known.get(each.id), each) for each in frame.revisions)


def _plan(before: PlanSeen | None, plan: PlanSeen) -> str:
    name = f"<b>{_text(plan.id)}</b> {_text(plan.message)}"
    if plan.after and (len(plan.after) > 1 or plan.lines):
        name += f" <small>after {_text(', '.join(plan.after))}</small>"
    head = f'<p class="plan-name">{name if before else _new(name)}</p>'
    return head + (_code(before.lines if before else (), plan.lines) if plan.lines else "")


def _house(before: Frame, frame: Frame) -> str:
    tables = "\n".join(
        _table(old, table) for old, table in zip(before.tables, frame.tables, strict=True)
    )
    bookmark = ", ".join(frame.bookmark) or "none"
    mark = _text(bookmark) if before.bookmark == frame.bookmark else _new(_text(bookmark))
    return f'{tables}\n<p class="bookmark">Bookmark: {mark}</p>'


def _table(before: TableSeen, table: TableSeen) -> str:
    if not table.columns:
        return f"<p>No table <code>{_text(table.name)}</code>.</p>"
    heads = "".join(
        f'<th scope="col">{_text(each) if each in before.columns else _new(_text(each))}</th>'
        for each in table.columns
    )
    rows = "\n".join(
        f"<tr>{''.join(_cells(before, table, old, row))}</tr>"
        for old, row in zip(_rows_of(before, table), table.rows, strict=True)
    )
    return (
        f'<table class="rows"><caption>'
        f"{_text(table.name)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _rows_of(before: TableSeen, table: TableSeen) -> list[tuple[Cell, ...]]:
    """The row of `before` for each row of `table`, by the column that names a row."""
    old = {row[0]: row for row in before.rows}
    return [old.get(row[0], (None,) * len(before.columns)) for row in table.rows]


def _cells(
    before: TableSeen, table: TableSeen, old: Sequence[Cell], row: Sequence[Cell]
) -> Iterator[str]:
    held = dict(zip(before.columns, old, strict=True))
    gone = {value for column, value in held.items() if column not in table.columns} - {None}
    for column, value in zip(table.columns, row, strict=True):
        shown = _text("NULL" if value is None else str(value))
        if value in gone:
            yield f'<td class="kept">✓ {shown}</td>'
        elif column in held and held[column] == value:
            yield f"<td>{shown}</td>"
        elif value is None and gone:
            yield f'<td class="lost">✗ {shown}</td>'
        else:
            yield f"<td>{_new(shown)}</td>"


def states_table(frames: Iterable[Frame]) -> Iterator[str]:
    """The film for those who read Markdown: what each step leaves in the database."""
    yield from ("| Step | What is to be seen | Newest revision | Bookmark |", "|---|---|---|---|")
    for frame in frames:
        plan = next((f"{each.id} {each.message}" for each in frame.revisions[::-1]), "none")
        step = f"`{frame.by}`" if "flask " in frame.by else frame.by or "Before"
        yield f"| {step} | {frame.says} | {plan} | {', '.join(frame.bookmark) or 'none'} |"


def _text(text: str) -> str:
    return html.escape(text, quote=False)
