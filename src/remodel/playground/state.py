"""A playground's own state: its history, where its database stands, and what lies in it."""

from pathlib import Path
from typing import Any

from remodel.course.exercise import Exercise
from remodel.course.layout import database_file
from remodel.database import sqlite
from remodel.database.copy_out import copy_out
from remodel.database.reflection import read_schema
from remodel.grading.answer import from_playground
from remodel.history import History


def playground_state(exercise: Exercise, folder: Path) -> dict[str, Any]:
    """The revisions (with head and current marked), the tables with columns, and row counts."""
    history = from_playground(exercise, folder).history
    content = copy_out(database_file(folder))
    current = sqlite.read_version(content, exercise.version_table)
    schema = read_schema(content, exercise.version_table)
    return {
        "exercise": exercise.slug,
        "problems": list(history.problems),
        "current": list(current),
        "heads": list(history.heads),
        "unknown": [revision for revision in current if revision not in history.ids],
        "revisions": [
            {"id": r.id, "down": list(r.down), "file": r.file, "message": r.message}
            for r in _newest_first(history)
        ],
        "tables": {
            name: {
                "columns": {c.name: c.type for c in table.columns.values()},
                "rows": len(sqlite.read_rows(content, name)),
            }
            for name, table in sorted(schema.tables.items())
        },
    }


def _newest_first(history: History) -> list[Any]:
    return list(reversed(history.order()))


def state_lines(state: dict[str, Any]) -> list[str]:
    """The state as lines of at most 80 columns."""
    lines = ["History (newest first)"]
    for revision in state["revisions"]:
        marks = [
            *(["head"] if revision["id"] in state["heads"] else []),
            *(["your database is here"] if revision["id"] in state["current"] else []),
        ]
        after = f"  ← {', '.join(marks)}" if marks else ""
        below = f" (on {' and '.join(revision['down'])})" if len(revision["down"]) > 1 else ""
        lines.append(f"  {revision['id']}{below}  {revision['message']}{after}"[:80])
    lines += [f"  ! {problem}"[:200] for problem in state["problems"]]
    lines += [
        f"  ! Your database is at {revision}, and no file has that revision."
        for revision in state["unknown"]
    ]
    if not state["current"]:
        lines.append("  Your database records no revision yet.")
    lines.append("Tables in your database")
    for name, table in state["tables"].items():
        lines.append(f"  {name}: {table['rows']} rows"[:80])
        columns = ", ".join(f"{c} {kind}" for c, kind in table["columns"].items())
        import textwrap

        lines += textwrap.wrap(columns, 76, initial_indent="    ", subsequent_indent="    ")
    return lines if state["tables"] else [*lines, "  (none)"]
