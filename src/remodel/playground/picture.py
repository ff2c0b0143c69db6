"""Draws a state as HTML: the revisions as a picture, the tables as tables.

It says what the text says, in the same words. What is new, changed or gone has a word, not a
colour alone, and the picture has its words for those who cannot see it.
"""

from collections.abc import Iterator
from html import escape

from remodel.playground.contents import TableState
from remodel.playground.drawing import (
    database_names,
    label,
    levels,
    part_line,
    parts_of,
    remarks,
    row_lines,
    table_line,
)
from remodel.playground.state import AppState

#: Distances in the drawing: between lanes, between levels, and around it all.
_LANE, _LEVEL, _EDGE = 22, 34, 16
#: The width of a character of the labels, and the most characters that a label has room for.
_CHARACTER, _LONGEST = 7.4, 110

_STYLE = """
.remodel-state{font:16px/1.5 system-ui,sans-serif;color:CanvasText;background:Canvas}
.remodel-state svg{max-width:100%;height:auto;font:13px ui-monospace,monospace}
.remodel-state table{border-collapse:collapse;margin:0 0 1em}
.remodel-state caption{text-align:left;font-weight:bold}
.remodel-state td{border-top:1px solid GrayText;padding:.1em .6em .1em 0}
.remodel-state td{font:14px ui-monospace,monospace}
.remodel-state tr[data-change=new] td{font-weight:bold}
"""


def page(state: AppState) -> str:
    """A whole page that needs nothing else."""
    title = escape(state.exercise or "Your app")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"></head>'
        f"<body>{fragment(state)}</body></html>\n"
    )


def fragment(state: AppState) -> str:
    """The same to be put into a page."""
    names = database_names(state)
    parts = ["<h2>History (newest first)</h2>"] if state.revisions else []
    parts.append(_history(state, names))
    parts += [f"<p>{escape(each)}</p>" for each in remarks(state, names)]
    for database in state.databases:
        parts.append(f"<h2>Tables in {escape(names[database.name])}</h2>")
        parts += [_table(table) for table in database.tables] or ["<p>(no tables)</p>"]
    parts += [] if state.databases else ["<p>There is no database yet.</p>"]
    return f'<div class="remodel-state"><style>{_STYLE}</style>\n' + "\n".join(parts) + "\n</div>"


def _history(state: AppState, names: dict[str, str]) -> str:
    if not state.revisions:
        return "<p>There are no revisions yet.</p>"
    graph = levels(state.revisions)
    widest = max(level.width for level in graph)
    labels = [label(level.revision, names) for level in graph]
    longest = min(max(map(len, labels)), _LONGEST)
    width = _EDGE * 2 + widest * _LANE + round(longest * _CHARACTER)
    height = _EDGE * 2 + (len(graph) - 1) * _LEVEL
    words = "".join(
        f"<li>{escape(each)}{_stands_on(level.revision.down)}</li>"
        for each, level in zip(labels, graph, strict=True)
    )
    return (
        f'<figure><svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-label="The revisions, newest first; the list below says the same">'
        f"{''.join(_lines(state))}{''.join(_dots(state, names, widest))}</svg>"
        f"<figcaption><details><summary>The same in words</summary><ol>{words}</ol></details>"
        "</figcaption></figure>"
    )


def _stands_on(down: tuple[str, ...]) -> str:
    return f", stands on {escape(' and '.join(down))}" if down else ", stands on nothing"


def _places(state: AppState) -> dict[str, tuple[int, int]]:
    """Where the dot of each revision is."""
    return {
        level.revision.id: (_EDGE + level.lane * _LANE, _EDGE + row * _LEVEL)
        for row, level in enumerate(levels(state.revisions))
    }


def _lines(state: AppState) -> Iterator[str]:
    places = _places(state)
    for revision in state.revisions:
        left, top = places[revision.id]
        for down in revision.down:
            if down not in places:
                continue
            x, y = places[down]
            # Straight down in the lane further out, then over: no line runs through a dot.
            bend = f"L{left} {y - _LEVEL}" if left > x else f"L{x} {top + _LEVEL}"
            yield (
                f'<path d="M{left} {top} {bend} L{x} {y}" fill="none" '
                'stroke="currentColor" stroke-width="2"/>'
            )


def _dots(state: AppState, names: dict[str, str], widest: int) -> Iterator[str]:
    beside = _EDGE + widest * _LANE
    for revision in state.revisions:
        x, y = _places(state)[revision.id]
        fill = "currentColor" if revision.here else "Canvas"
        dashed = ' stroke-dasharray="3 3"' if revision.missing else ""
        yield (
            f'<circle cx="{x}" cy="{y}" r="6" fill="{fill}" stroke="currentColor" '
            f'stroke-width="2"{dashed}/>'
            f'<text x="{beside}" y="{y + 5}" fill="currentColor">'
            f"{escape(label(revision, names))}</text>"
        )


def _table(table: TableState) -> str:
    line = escape(table_line(table))
    if table.change == "gone":
        return f"<p>{line}</p>"
    parts = "".join(
        f'<tr data-change="{part.change}"><td>{escape(part_line(part, table))}</td></tr>'
        for part in parts_of(table)
    )
    rows = "".join(f"<li>{escape(line.strip())}</li>" for line in row_lines(table))
    return f"<table><caption>{line}</caption><tbody>{parts}</tbody></table>" + (
        f"<ul>{rows}</ul>" if rows else ""
    )
