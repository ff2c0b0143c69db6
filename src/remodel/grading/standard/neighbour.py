"""The standard check of another program's objects, and of a database that has no rows."""

from remodel.database import sqlite
from remodel.database.differences import differences
from remodel.database.values import example, lost_values
from remodel.grading.project.project import Project
from remodel.grading.project.state import State
from remodel.grading.refusal import Refused
from remodel.grading.standard.changes import first_change
from remodel.grading.standard.marks import SCHEMA, UPGRADED, deep, guard, misconception, needs

TABLE = "neighbour_bell"
#: What another program may keep in the same database: one object of each kind.
NEIGHBOUR = """
CREATE TABLE neighbour_bell (
    rang_at TEXT NOT NULL UNIQUE,
    note VARCHAR(40) COLLATE NOCASE DEFAULT 'nobody',
    CHECK (length(rang_at) > 9)
);
CREATE INDEX neighbour_bell_note ON neighbour_bell (note);
CREATE VIEW neighbour_callers AS SELECT DISTINCT note FROM neighbour_bell;
CREATE TRIGGER neighbour_bell_noted AFTER INSERT ON neighbour_bell WHEN new.note IS NULL
BEGIN UPDATE neighbour_bell SET note = 'nobody' WHERE rang_at = new.rang_at; END;
INSERT INTO neighbour_bell VALUES ('2026-01-12T08:31:07', 'the post'), ('2026-01-13T19:20:10', '');
"""


@deep
@guard
@needs(UPGRADED, SCHEMA, "test_each_step_down_restores_what_was_there")
@misconception("every-table-is-the-apps")
def test_what_is_none_of_the_apps_is_left_alone(project: Project) -> None:
    """Another program's table stays as it is, and a database without rows goes there and back."""
    begun = {b: sqlite.run_script(c, NEIGHBOUR) for b, c in project.at().databases.items()}
    start = project.starting_from(begun).version
    _refuse_what_the_neighbour_lost(project.upgrade(), "upgrade")
    project.downgrade(start[0] if start else "base")
    _refuse_what_the_neighbour_lost(project, "downgrade")
    change = first_change(project, begun, project.databases)
    if change:
        raise _refused(change.sentence, change.words, "downgrade")


def _refuse_what_the_neighbour_lost(project: Project, function: str) -> None:
    alone = State({"": sqlite.run_script(b"", NEIGHBOUR)}, project.exercise.version_table)
    for bind in project.binds:
        schema = project.schema_of(bind)
        others = schema.without([t for t in schema.tables if t not in alone.schema()])
        lost = [
            each
            for each in differences(alone.schema(), others, ("names", "defaults"))
            if not each.kind.startswith("extra ")
        ]
        if lost:
            raise _refused(lost[0].sentence, lost[0].words, function)
        rows = lost_values(alone.rows(TABLE), project.rows(TABLE, bind=bind))
        if rows:
            raise _refused(example(*rows)[0].rstrip("."), (TABLE,), function)


def _refused(sentence: str, words: tuple[str, ...], function: str) -> Refused:
    return Refused(
        f"In a database with no rows of the app, after the {function}, {sentence}.",
        words=words,
        function=function,
    )
