"""Draws a state as text, which every screen, printer and screen reader takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from remodel.database.values import show
from remodel.playground.contents import ChangedRow, ColumnState, PartState, TableState
from remodel.playground.state import AppState, RevisionState
from remodel.wrapping import WIDTH, wrap

#: As many rows of a kind are shown for each table; `remodel rows` shows all.
MOST_ROWS = 3


def draw_state(state: AppState, width: int = WIDTH, height: int | None = None) -> list[str]:
    """The revisions, then each database: what is new, changed, gone or lost says so in words.

    Where that is higher than `height`, what did not change is told briefly.
    """
    names = database_names(state)
    history = draw_history(state, names, width)
    lines = _together(history, _tables(state, names, width), state)
    if height is None or len(lines) <= height:
        return lines
    tables = _tables(state, names, width, brief=True)
    # Never less than where the databases are.
    marked = max((number for number, line in enumerate(history, 1) if "●" in line), default=3)
    room = max(height - len(tables) - 2, marked)
    older = len(history) - room
    if older > 0:
        history = [*history[:room], f"… and {older} more: remodel show"]
    return _together(history, tables, state)


def _together(history: list[str], tables: list[str], state: AppState) -> list[str]:
    end = [] if state.databases else ["There is no database yet."]
    heading = ["History (newest first)"] if state.revisions else []
    return [*heading, *history, *tables, *end]


def _tables(
    state: AppState, names: Mapping[str, str], width: int, brief: bool = False
) -> list[str]:
    lines: list[str] = []
    for each in state.databases:
        lines += [f"Tables in {names[each.name]}"]
        lines += draw_tables(each.tables, width=width, brief=brief)
    return lines


def database_names(state: AppState, alone: str = "your database") -> dict[str, str]:
    """What each database is called: by its file, but for one that is `alone`."""
    is_alone = len(state.databases) == 1
    return {each.name: alone if is_alone else each.name for each in state.databases}


# -- the revisions -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Level:
    """One line of the graph: which lane its revision is in, and how the lanes go on below it."""

    revision: RevisionState
    lane: int
    #: How many lanes there are at its height.
    width: int
    #: Below it: how many lanes there are then, the two that are joined, and the corner.
    bends: list[tuple[int, int, int, str]] = field(default_factory=list)
    #: What the lanes lead to, after the bends.
    below: tuple[str, ...] = ()


def levels(revisions: Sequence[RevisionState]) -> list[Level]:
    """The graph level by level, newest first."""
    lanes: list[str] = []
    made: list[Level] = []
    for revision in revisions:
        if revision.id not in lanes:
            lanes.append(revision.id)
        level = Level(revision, lanes.index(revision.id), len(lanes))
        level.bends.extend(_go_down(lanes, level.lane, revision.down))
        made.append(Level(revision, level.lane, level.width, level.bends, tuple(lanes)))
    return made


def _go_down(
    lanes: list[str], own: int, down: Sequence[str]
) -> Iterator[tuple[int, int, int, str]]:
    """Lead the lane `own` on to what its revision stands on; yield the bends on the way."""
    if not down:
        del lanes[own]
        return
    for parent in down[1:]:
        if parent not in lanes:
            lanes.append(parent)
        yield len(lanes), own, lanes.index(parent), "╮"
    if down[0] in lanes:  # two branches meet
        left, right = sorted((own, lanes.index(down[0])))
        yield len(lanes), left, right, "╯"
        lanes[left] = down[0]
        del lanes[right]
    else:
        lanes[own] = down[0]


def draw_history(state: AppState, names: Mapping[str, str], width: int = WIDTH) -> list[str]:
    """The revisions, newest first, with branches; `names` says what each database is called."""
    lines: list[str] = []
    for level in levels(state.revisions):
        dot = "●" if level.revision.here else "○"
        marks = [dot if place == level.lane else "│" for place in range(level.width)]
        rest = ["│" if place < len(level.below) else " " for place in range(level.width)]
        lines += wrap(
            label(level.revision, names),
            f"{' '.join(marks)}  ",
            f"{' '.join(rest)}      ",
            width=width,
        )
        lines += [_bend(*bend) for bend in level.bends]
    lines = lines or ["There are no revisions yet."]
    return [*lines, *(part for each in remarks(state, names) for part in wrap(each, width=width))]


def label(revision: RevisionState, names: Mapping[str, str]) -> str:
    """What stands beside a revision's dot."""
    here = [names[name] for name in revision.here]
    words = [revision.id, revision.message, *(f"[{each}]" for each in revision.labels)]
    words += [f"(needs {' and '.join(revision.depends)})"] if revision.depends else []
    words += ["(head)"] if revision.head else []
    words += ["(its file is missing)"] if revision.missing else []
    words += [f"← {' and '.join(here)} {'is' if len(here) == 1 else 'are'} here"] if here else []
    return "  ".join(word for word in words if word)


def _bend(width: int, left: int, right: int, corner: str) -> str:
    marks = ["│"] * width
    marks[left], marks[right] = "├", corner
    drawn = ""
    for place, mark in enumerate(marks):
        across = left < place < right
        drawn += ("┼" if across else mark) + ("─" if left <= place < right else " ")
    return drawn.rstrip()


def remarks(state: AppState, names: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the files, and which database is nowhere among them."""
    yield from state.problems
    for database in state.databases:
        name = names[database.name]
        if state.revisions and not database.at:
            yield f"{name} records no revision yet."
        for revision in database.unknown:
            yield f"! {name} is at {revision}, and no file has that revision."


# -- the tables --------------------------------------------------------------------------------


def draw_tables(
    tables: Sequence[TableState], *, rows: bool = True, width: int = WIDTH, brief: bool = False
) -> list[str]:
    """The tables of a database; with `rows`, those that were changed, added or lost, too.

    `brief` leaves out the columns and rules that are as they were.
    """
    lines: list[str] = []
    for table in tables:
        lines += [_wrapped(line, width) for line in _table_lines(table, rows, brief)]
    return [part for each in lines for part in each.splitlines()] or ["  (no tables)"]


def _wrapped(line: str, width: int) -> str:
    indent = len(line) - len(line.lstrip())
    return "\n".join(wrap(line, rest=" " * (indent + 4), width=width))


def _table_lines(table: TableState, rows: bool, brief: bool) -> Iterator[str]:
    yield f"  {table_line(table, rows=rows)}"
    if table.change == "gone":
        return
    for part in [each for each in parts_of(table) if each.change or not brief]:
        yield f"      {part_line(part, table, values=rows)}"
    if rows:
        yield from (f"      {line}" for line in row_lines(table))


def table_line(table: TableState, *, rows: bool = True) -> str:
    """A table's name, how many rows it has, and what became of it; with `rows`, of them, too."""
    if table.change == "gone":
        lost = f", and {counted(table.rows_before or 0)} with it" if rows else ""
        return f"({table.name} is gone{lost})"
    if table.change == "new":
        return f"{table.name} ({counted(table.rows)})  ← new"
    same = table.rows_before in (None, table.rows)
    before = "" if same else f", {table.rows_before} before"
    return f"{table.name} ({counted(table.rows)}{before})"


def parts_of(table: TableState) -> list[PartState]:
    """The columns, then the rules, then what is gone."""
    parts = (*table.columns, *table.rules)
    return sorted(parts, key=lambda part: part.change == "gone")


def part_line(part: PartState, table: TableState, *, values: bool = True) -> str:
    """A column, constraint or index with what became of it; with `values`, of those in it, too."""
    if part.change == "gone":
        filled = part.filled if values and isinstance(part, ColumnState) else None
        lost = f", and {filled} value{'' if filled == 1 else 's'} with it" if filled else ""
        return f"({part.name} is gone{lost})"
    if part.change == "changed":
        return f"{part.text}  ← was: {part.was}"
    if part.change != "new":
        return part.text
    return f"{part.text}  ← new{_filling(part, table) if values else ''}"


def _filling(part: PartState, table: TableState) -> str:
    if not isinstance(part, ColumnState) or part.filled is None or not table.rows:
        return ""
    if part.every:
        return f", {part.every} in every row"
    return f", with a value in {part.filled} of {table.rows} rows"


def row_lines(table: TableState) -> list[str]:
    """The rows that were changed, added or lost: how many, and the first of them."""
    key = table.key
    return [
        *_listed("changed", [_changed(row, key) for row in table.changed], table),
        *_listed("added", [row_words(row, key) for row in table.added], table),
        *_listed("lost", [row_words(row, key) for row in table.lost], table),
    ]


def _listed(what: str, rows: Sequence[str], table: TableState) -> Iterator[str]:
    if not rows:
        return
    yield f"{counted(len(rows))} {what}:"
    yield from (f"  {row}" for row in rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        yield f"  … and {len(rows) - MOST_ROWS} more"


def row_words(row: Mapping[str, Any], key: Sequence[str]) -> str:
    """A row, its key first."""
    names = [*(name for name in key if name in row), *(name for name in row if name not in key)]
    return ", ".join(f"{name} {show(row[name])}" for name in names)


def _changed(row: ChangedRow, key: Sequence[str]) -> str:
    before, after = row.before, row.after
    at = ", ".join(f"{name} {show(after[name])}" for name in key)
    values = [
        f"{name} {show(before[name])} → {show(after[name])}"
        for name in after
        if (type(before[name]), before[name]) != (type(after[name]), after[name])
    ]
    return f"{at}: {', '.join(values)}"


def counted(rows: int) -> str:
    """How many rows."""
    return f"{rows} row{'' if rows == 1 else 's'}"
