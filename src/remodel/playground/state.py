"""A playground's own state: its history, where its database stands, and what lies in it."""

from pathlib import Path
from typing import Any

from remodel.course import playground_mark
from remodel.course.exercise import Exercise
from remodel.course.layout import database_file
from remodel.database import sqlite
from remodel.database.copy_out import copy_out
from remodel.database.reflection import read_schema
from remodel.grading.answer import from_playground
from remodel.playground.drawing import draw_history
from remodel.playground.sight import Sight
from remodel.wrapping import wrap


def playground_state(exercise: Exercise, folder: Path) -> dict[str, Any]:
    """For a program: the revisions with head and current, the tables with columns and rows."""
    history = from_playground(exercise, folder).history
    content = copy_out(database_file(folder))
    current = sqlite.read_version(content, exercise.version_table)
    schema = read_schema(content, version_table="")
    return {
        "exercise": exercise.slug,
        "problems": list(history.problems),
        "current": list(current),
        "heads": list(history.heads),
        "unknown": [revision for revision in current if revision not in history.ids],
        "revisions": [
            {"id": r.id, "down": list(r.down), "file": r.file, "message": r.message}
            for r in reversed(history.order())
        ],
        "tables": {
            name: {
                "columns": {c.name: c.type for c in table.columns.values()},
                "rows": len(sqlite.read_rows(content, name)),
            }
            for name, table in sorted(schema.tables.items())
        },
    }


def state_lines(exercise: Exercise, folder: Path) -> list[str]:
    """The same as a drawing of 80 columns; what is new since the learner began says so."""
    history = from_playground(exercise, folder).history
    now = Sight.of(copy_out(database_file(folder)))
    mark = playground_mark.read(folder)
    begun = Sight(mark.parts, mark.rows) if mark and mark.parts is not None else None
    revisions = draw_history(history, {"your database": now.version})
    return [
        "History (newest first)",
        *(part for line in revisions or ["There are no revisions yet."] for part in _fold(line)),
        "Tables in your database",
        *(part for line in now.lines(begun) for part in _fold(line)),
    ]


def _fold(line: str) -> list[str]:
    return wrap(line, rest=" " * 10)
