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

#: What is new, changed or gone has a sign and a line at its edge, besides its words and its tint.
_SIGNS = {"new": "+", "changed": "~", "gone": "−"}

#: The colours are those of whatever it is shown in: a notebook, an editor, the site, a page.
STYLE = """
.remodel-state{--paper:var(--jp-layout-color0,var(--vscode-editor-background,\
var(--md-default-bg-color,Canvas)));font:15px/1.5 system-ui,sans-serif;\
color:var(--jp-content-font-color1,inherit);padding-top:.5em}
.remodel-state figure{margin:0 0 1em;overflow-x:auto}
.remodel-state svg{max-width:none;height:auto;font:13px ui-monospace,monospace}
.remodel-state table{border-collapse:collapse;margin:0 0 1em;table-layout:auto;\
min-width:min(100%,24em)}
.remodel-state caption{text-align:left;font-weight:bold;color:inherit;padding:0}
.remodel-state.remodel-state tbody td{border-top:1px solid GrayText;padding:.1em .6em;\
text-align:left;font:14px ui-monospace,monospace;background:var(--paper)}
.remodel-state [data-change]{border-left:4px none;padding-left:.4em}
.remodel-state [data-change=new]{border-left-style:solid;--paper:#2da44e22}
.remodel-state [data-change=changed]{border-left-style:dashed;--paper:#bf870022}
.remodel-state [data-change=gone]{border-left-style:double;--paper:#cf222e22}
.remodel-state p{overflow-wrap:anywhere}
.remodel-state p[data-change]{background:var(--paper)}
.remodel-state tr[data-change] td{font-weight:bold}
"""


def page(state: AppState) -> str:
    """A whole page that needs nothing else."""
    title = escape(state.exercise or "Your app")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        "<style>body{color:CanvasText;background:Canvas}</style></head>"
        f"<body>{fragment(state)}</body></html>\n"
    )


def fragment(state: AppState, history: bool = True, heading: str = "h2") -> str:
    """The same to be put into a page; without `history` where there are no migrations yet."""
    names = database_names(state)
    parts = list(_revisions(state, names, heading)) if history else []
    for database in state.databases:
        parts.append(_heading(f"Tables in {names[database.name]}", heading))
        parts += [_table(each, database.at) for each in database.tables] or ["<p>(no tables)</p>"]
    parts += [] if state.databases else ["<p>There is no database yet.</p>"]
    return f'<div class="remodel-state"><style>{STYLE}</style>\n' + "\n".join(parts) + "\n</div>"


def _revisions(state: AppState, names: dict[str, str], heading: str) -> Iterator[str]:
    if state.revisions:
        yield _heading("History (newest first)", heading)
    yield _history(state, names)
    yield from (f"<p>{escape(each)}</p>" for each in remarks(state, names))


def _heading(text: str, element: str) -> str:
    return f"<{element}><strong>{escape(text)}</strong></{element}>"


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
        '<g fill="var(--paper)" stroke="currentColor" stroke-width="2">'
        f'<path fill="none" d="{"".join(_lines(state))}"/>{"".join(_dots(state))}</g>'
        f'<g fill="currentColor">{"".join(_labels(state, names, widest))}</g></svg>'
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
            yield f"M{left} {top} {bend} L{x} {y}"


def _dots(state: AppState) -> Iterator[str]:
    for revision in state.revisions:
        x, y = _places(state)[revision.id]
        fill = ' fill="currentColor"' if revision.here else ""
        dashed = ' stroke-dasharray="3 3"' if revision.missing else ""
        yield f'<circle cx="{x}" cy="{y}" r="6"{fill}{dashed}/>'


def _labels(state: AppState, names: dict[str, str], widest: int) -> Iterator[str]:
    beside = _EDGE + widest * _LANE
    for revision in state.revisions:
        _, y = _places(state)[revision.id]
        yield f'<text x="{beside}" y="{y + 5}">{escape(label(revision, names))}</text>'


def _table(table: TableState, at: tuple[str, ...]) -> str:
    line = escape(table_line(table))
    if table.change == "gone":
        return _marked("p", "gone", line)
    # Alembic's own table: what stands in it is where the database is.
    if {column.name for column in table.columns} == {"version_num"}:
        line += f": {escape(' and '.join(at))}" if at else ""
    parts = "".join(
        f"<tr{_change(part.change)}><td>{_signed(part.change)}{escape(part_line(part, table))}"
        "</td></tr>"
        for part in parts_of(table)
    )
    return (
        f"<table><caption>{line}</caption><tbody>{parts}</tbody></table>"
        f"{''.join(_rows(row_lines(table)))}"
    )


def _change(change: str) -> str:
    return f' data-change="{change}"' if change else ""


def _signed(change: str) -> str:
    return f"{_SIGNS[change]} " if change else ""


def _rows(lines: list[str]) -> Iterator[str]:
    """The rows under what became of them."""
    kinds = {"changed:": "changed", "added:": "new", "lost:": "gone"}
    for line in lines:
        if line.startswith(" "):
            yield f"<p><code>{escape(line.strip())}</code></p>"
        else:
            yield _marked("p", kinds[line.rpartition(" ")[2]], escape(line))


def _marked(element: str, change: str, words: str) -> str:
    return (
        f'<{element} data-change="{change}"><strong>{_SIGNS[change]} {words}</strong></{element}>'
    )
