"""Standard checks of the rows: none lost, none changed, none without its parent."""

from remodel.database.values import explain, lost_values
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot
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
    for bind, contents in before.binds.items():
        left = after.binds[bind].rows
        for table, rows in contents.rows.items():
            lost = lost_values(rows, left[table]) if table in left else None
            if lost:
                now, then = lost
                words = (then.column, then.table)
                raise Refused(*explain(now, then), words=words, function=function)


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
