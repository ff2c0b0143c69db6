"""Standard checks of the rows: none lost, changed or invented, none without its parent."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from remodel.database.any_engine import changed_tables, filled_since
from remodel.database.sqlite import with_tables
from remodel.database.values import Rows, count_lost, explain, lost_values, words_for
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot, State
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import SCHEMA, UPGRADED, deep, guard, misconception, needs
from remodel.grading.workspace.workspace import Databases

EMPTY = "test_an_empty_database_reaches_head"


@guard
@needs(UPGRADED)
@misconception("autogenerate-keeps-the-rows")
def test_no_other_row_or_value_is_lost(project: Project) -> None:
    """Every row is still there, and every value in the columns that stay."""
    before = project.populated().snapshot()
    after = project.finish().snapshot()
    refuse_lost_values(before, after, "upgrade")


@guard
@needs(EMPTY)
@misconception("a-migration-may-bring-rows")
def test_an_empty_database_stays_empty(project: Project) -> None:
    """In a database where nobody has written anything, nothing is written."""
    refuse_other_rows(project, project.empty().databases, Project.upgrade)


@deep
@guard
@needs(UPGRADED)
@misconception("a-few-rows-stand-for-all")
def test_every_row_of_a_large_database_is_kept(project: Project) -> None:
    """Of thousands of rows each is still there as it was, and without rows none appears."""
    refuse_other_rows(project, project.big().databases, Project.finish)
    refuse_other_rows(project, project.at().databases, Project.finish)


@deep
@guard
@needs(UPGRADED, SCHEMA)
@misconception("what-is-in-the-way-may-go")
def test_a_table_that_is_there_already_keeps_its_rows(project: Project) -> None:
    """Where somebody has made a table by hand that you make, and written in it, no row goes."""
    begun = project.populated().snapshot().schemas
    new = {b: project.goal(b).tables.keys() - schema.tables.keys() for b, schema in begun.items()}
    if not any(new.values()):
        return
    before = project.starting_from(_made_by_hand(project, new)).snapshot()
    project.flask("db", "upgrade", "head")  # which may well fail
    for bind, table in ((b, each) for b, tables in new.items() for each in sorted(tables)):
        rows, left = before.binds[bind].rows[table], project.schema_of(bind)
        now = project.rows(table, bind=bind) if table in left else Rows(table, rows.key, ())
        lost = lost_values(rows, now)
        if lost and count_lost(*lost):
            raise Refused(
                f"The table {table} was there already, and people had written in it. "
                f"After `flask db upgrade`, {count_lost(*lost)} of its {len(rows)} rows are gone "
                "or changed.",
                "An upgrade may fail there. It may take nothing away.",
                words=(table, "drop_table", "DROP"),
                function="upgrade",
            )


def _made_by_hand(project: Project, tables: Mapping[str, Collection[str]]) -> Databases:
    """The databases of `project` with these tables of the goal, rows and all."""

    def make() -> Databases:
        goals = {bind: project.goal_database(bind) for bind in project.binds}
        made = {b: with_tables(project.databases[b], goals[b], tables[b]) for b in goals}
        return project.deployments.orphaned(project.deployments.filled(made))

    return project.deployments.once("made by hand", make)


def refuse_other_rows(
    project: Project, before: Databases, act: Callable[[Project], Project]
) -> None:
    """Refuse where `act` leaves other rows than were there, and than the solution leaves.

    What the solution changes on purpose, everybody may change, and to the same. Rows in a table
    that was not there before are invented where the solution has none.
    """
    changed = _changed(before, act(project).databases)
    changed = [(b, table) for b, table in changed if table != project.exercise.version_table]
    if not changed:
        return
    start = State(before, project.exercise.version_table)
    solved = act(project.copy().solved().starting_from(before)).state
    for bind, table in changed:
        known, now = table in start.schema(bind), project.rows(table, bind=bind)
        was = start.rows(table, bind) if known else Rows(table, now.key, ())
        kept = solved.rows(table, bind) if table in solved.schema(bind) else None
        _refuse_changed(was, now, kept)


def _changed(before: Databases, after: Databases) -> list[tuple[str, str]]:
    """Each bind and table with other rows than before, or that is new and has rows."""
    return [
        (bind, table)
        for bind, content in before.items()
        for table in [*changed_tables(content, after[bind]), *filled_since(content, after[bind])]
    ]


def _refuse_changed(was: Rows, now: Rows, kept: Rows | None) -> None:
    """Refuse where a table, which held `was`, holds neither that `now` nor what is `kept`."""
    lost = lost_values(was, now)
    if not lost:
        return
    wanted, word = was, "before:"
    if kept is not None and lost_values(was, kept):
        columns = was[0].keys() if was else now[0].keys() if now else ()
        rows = tuple({n: v for n, v in row.items() if n in columns} for row in kept)
        wanted, word = replace(was, rows=rows), "wanted:"
        lost = lost_values(wanted, now)
    if lost:
        actual, then = lost
        lines = [line.replace(" before:", f" {word}", 1) for line in explain(actual, then)]
        raise Refused(*lines, words=words_for(actual, then), values=lost)


def refuse_lost_values(before: Snapshot, after: Snapshot, function: str) -> None:
    for bind, contents in before.binds.items():
        left = after.binds[bind].rows
        for table, rows in contents.rows.items():
            lost = lost_values(rows, left[table]) if table in left else None
            if lost:
                now, then = lost
                raise Refused(
                    *explain(now, then), words=words_for(now, then), function=function, values=lost
                )


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
