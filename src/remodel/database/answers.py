"""What a database answers to a statement, as lines for a terminal and for a page."""

import sqlite3
from collections.abc import Sequence


def answer_lines(cursor: sqlite3.Cursor) -> list[str]:
    """What the statement that `cursor` ran answered: its rows, or how many it changed."""
    if cursor.description:
        return table_lines([column[0] for column in cursor.description], cursor.fetchall())
    if cursor.rowcount < 0:
        return []
    return [f"({cursor.rowcount} {'row' if cursor.rowcount == 1 else 'rows'} changed)"]


def table_lines(names: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """The `rows` under the `names` of their columns.

    One column needs no head. Nor do rows that hold a text of several lines: no table shows those.
    """
    cells = [["NULL" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        return ["(no rows)"]
    if len(names) == 1 or any("\n" in cell for row in cells for cell in row):
        return [" | ".join(row) for row in cells]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    rule = "-+-".join("-" * width for width in widths)
    return [_line(names, widths), rule, *(_line(row, widths) for row in cells)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return " | ".join(padded).rstrip()
