"""Standard checks of the rows: none lost, none changed, none without its parent."""

from remodel.database.values import explain
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot, same_rows
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import UPGRADED, guard, misconception, needs


@guard
@needs(UPGRADED)
@misconception("autogenerate-keeps-the-rows")
def test_no_other_row_or_value_is_lost(project: Project) -> None:
    """Every row is still there, and every value in the columns that stay."""
    before = project.populated().snapshot()
    after = project.finish().snapshot()
    refuse_lost_values(before, after, "upgrade")


def refuse_lost_values(before: Snapshot, after: Snapshot, function: str) -> None:
    for place, rows in before.rows.items():
        if place not in after.rows:
            continue
        found = same_rows(rows, after.rows[place])
        if found:
            now, then = found
            raise Refused(*explain(now, then), words=(then.column, then.table), function=function)


@guard
@needs(UPGRADED)
@misconception("a-row-can-name-any-parent")
def test_no_row_loses_its_parent(project: Project) -> None:
    """No row points at a parent that is gone."""
    orphans = project.populated().finish().orphans()
    if orphans:
        table, row, parent = orphans[0]
        raise Refused(
            f"{table} row {row} points at a row of {parent} that is not there.",
            f"{len(orphans)} rows have lost their parent.",
            words=(parent, table),
        )
