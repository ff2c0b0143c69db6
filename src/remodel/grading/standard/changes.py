"""What differs between two moments of the same databases, said in a sentence."""

from dataclasses import dataclass

from remodel.database.any_engine import changed_tables
from remodel.database.differences import differences
from remodel.database.values import example, lost_values
from remodel.grading.project.project import Project
from remodel.grading.project.state import State
from remodel.grading.workspace.workspace import Databases


@dataclass(frozen=True)
class Altered:
    """One thing that is not as it was, as a part of a sentence, and the words to look for."""

    sentence: str
    words: tuple[str, ...]


def first_change(project: Project, before: Databases, after: Databases) -> Altered | None:
    """The first thing in `after` that is not as in `before`; None where all is the same.

    Schema, names, defaults, rows and the version that Alembic recorded are compared.
    """
    table = project.exercise.version_table
    was, now = State(before, table), State(after, table)
    for bind in before:
        if before[bind] != after[bind]:
            change = _in_one(was, now, bind)
            if change:
                return change
    return None


def _in_one(was: State, now: State, bind: str) -> Altered | None:
    differing = differences(was.schema(bind), now.schema(bind), ("names", "defaults"))
    if differing:
        return Altered(differing[0].sentence, differing[0].words)
    changed = changed_tables(was.databases[bind], now.databases[bind])
    for table in changed:
        if table != was.version_table:
            lost = lost_values(was.rows(table, bind), now.rows(table, bind))
            lines = example(*lost) if lost else [f"the rows of {table} are others"]
            words = (lost[1].column, table) if lost else (table,)
            return Altered("; ".join(line.rstrip(".") for line in lines), words)
    recorded = now.version(bind)
    if recorded != was.version(bind):
        return Altered(f"it records {', '.join(recorded) or 'no revision'}", ())
    return None
