"""Draws a history and a schema as text, which every screen, printer and screen reader takes."""

from collections.abc import Iterator, Mapping, Sequence

from remodel.database.schema import Column, Schema, Table
from remodel.history import History, Revision

#: What a schema holds, to compare with later: table to part to description.
Parts = Mapping[str, Mapping[str, str]]


def draw_history(history: History, at: Mapping[str, Sequence[str]]) -> list[str]:
    """The revisions, newest first, with branches; `at` says which database is where."""
    lanes: list[str] = []
    lines: list[str] = []
    for revision in reversed(history.order()):
        if revision.id not in lanes:
            lanes.append(revision.id)
        own = lanes.index(revision.id)
        here = [name for name, revisions in at.items() if revision.id in revisions]
        dot = "●" if here else "○"
        graph = " ".join(dot if place == own else "│" for place in range(len(lanes)))
        lines.append(f"{graph}  {_label(revision, history, here)}")
        lines += _go_down(lanes, own, revision.down)
    return [*lines, *history.problems, *_not_in_the_files(history, at)]


def _label(revision: Revision, history: History, here: Sequence[str]) -> str:
    words = [revision.id, revision.message]
    words += ["(head)"] if revision.id in history.heads else []
    words += [f"← {' and '.join(here)} {'is' if len(here) == 1 else 'are'} here"] if here else []
    return "  ".join(word for word in words if word)


def _go_down(lanes: list[str], own: int, down: Sequence[str]) -> Iterator[str]:
    """Lead the lane `own` on to what its revision stands on; yield the lines between two rows."""
    if not down:
        del lanes[own]
        return
    for parent in down[1:]:
        if parent not in lanes:
            lanes.append(parent)
        yield _bend(len(lanes), own, lanes.index(parent), "╮")
    if down[0] in lanes:  # two branches meet
        left, right = sorted((own, lanes.index(down[0])))
        yield _bend(len(lanes), left, right, "╯")
        lanes[left] = down[0]
        del lanes[right]
    else:
        lanes[own] = down[0]


def _bend(width: int, left: int, right: int, corner: str) -> str:
    marks = ["│"] * width
    marks[left], marks[right] = "├", corner
    drawn = ""
    for place, mark in enumerate(marks):
        across = left < place < right
        drawn += ("┼" if across else mark) + ("─" if left <= place < right else " ")
    return drawn.rstrip()


def _not_in_the_files(history: History, at: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, revisions in at.items():
        if history.revisions and not revisions:
            yield f"{name} records no revision yet."
        for revision in sorted(set(revisions) - history.ids):
            yield f"! {name} is at {revision}, and no file has that revision."


def parts_of(schema: Schema) -> Parts:
    """Every column, rule and index of `schema`, described."""
    return {name: dict(_parts(table)) for name, table in sorted(schema.tables.items())}


def _parts(table: Table) -> Iterator[tuple[str, str]]:
    parents = {key.columns: key for key in table.foreign_keys}
    for column in table.columns.values():
        key = parents.get((column.name,))
        refers = f" → {key.parent}.{key.parent_columns[0]}" if key else ""
        yield column.name, f"{column.name} {_column(column)}{refers}"
    rules = [f"FOREIGN KEY {key}" for key in parents.values() if len(key.columns) > 1]
    rules += [f"UNIQUE {each}" for each in table.uniques]
    rules += [f"INDEX {each}" for each in table.indexes]
    rules += [f"CHECK {each}" for each in table.checks]
    for rule in sorted(rules):
        yield rule, rule


def _column(column: Column) -> str:
    words = [column.type or "any type"]
    words += ["PRIMARY KEY"] if column.primary_key else []
    words += [] if column.nullable or column.primary_key else ["NOT NULL"]
    words += [f"DEFAULT {column.default}"] if column.default is not None else []
    return " ".join(words)


def draw_schema(
    now: Parts, count: Mapping[str, int], before: Parts | None, counted: Mapping[str, int]
) -> list[str]:
    """The tables with their columns and rows; what is new or gone since `before` says so."""
    lines: list[str] = []
    for table, parts in now.items():
        old = before.get(table) if before is not None else parts
        lines.append(f"  {table} ({_rows(count[table], counted.get(table))}){_mark(old)}")
        for part, text in parts.items():
            was = (parts if old is None else old).get(part)
            mark = "  ← new" if was is None else "" if was == text else f"  ← was: {was}"
            lines.append(f"      {text}{mark}")
        gone = [part for part in old or {} if part not in parts]
        lines += [f"      ({part} is gone)" for part in gone]
    lines += [f"  ({table} is gone)" for table in before or {} if table not in now]
    return lines or ["  (no tables)"]


def _mark(old: Mapping[str, str] | None) -> str:
    return "  ← new" if old is None else ""


def _rows(count: int, counted: int | None) -> str:
    rows = f"{count} row{'' if count == 1 else 's'}"
    return rows if counted is None or counted == count else f"{rows}, {counted} before"
