"""Standard checks of what the schema does: the same statements on two databases, in memory."""

from remodel.database.probes import first_odd
from remodel.database.schema import Schema
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused, called
from remodel.grading.standard.marks import SCHEMA, UPGRADED, deep, guard, misconception, needs


@deep
@guard
@needs(UPGRADED, SCHEMA)
@misconception("what-looks-alike-acts-alike")
def test_rows_come_and_go_as_they_should(project: Project) -> None:
    """INSERT, UPDATE and DELETE meet the rules that the exercise asks for, and no others."""
    before = project.populated().databases
    project.finish()
    for bind in project.binds:
        goal = project.goal(bind)
        by_all = "defaults" in project.exercise.compare
        free = frozenset() if by_all else _other_defaults(goal, project.own_schema(bind))
        _refuse_odd(project, bind, project.goal_database(bind), goal, free)
    # What other programs keep here has to go on as it did.
    _refuse_odd(project, "", before[""], project.deployments.theirs, frozenset())


@deep
@guard
@needs("test_down_and_up_again_ends_the_same")
@misconception("what-looks-alike-acts-alike")
def test_rows_come_and_go_after_the_way_back(project: Project) -> None:
    """After your downgrade, INSERT, UPDATE and DELETE meet the rules that were there before."""
    before = project.populated().databases
    start, schemas = project.version, {bind: project.schema_of(bind) for bind in project.binds}
    if project.upgrade().version == start:
        return
    project.downgrade(start[0] if start else "base")
    for bind in project.binds:
        _refuse_odd(project, bind, before[bind], schemas[bind], frozenset())


def _other_defaults(goal: Schema, actual: Schema) -> frozenset[str]:
    """Columns with another default than the goal's: whether they may is judged elsewhere."""
    return frozenset(
        f"{table.name}.{name}"
        for table in goal.tables.values()
        for name, column in table.columns.items()
        if column.default != _default(actual, table.name, name)
    )


def _default(schema: Schema, table: str, name: str) -> str | None:
    column = schema[table].columns.get(name) if table in schema else None
    return column.default if column else None


def _refuse_odd(
    project: Project, bind: str, standard: bytes, schema: Schema, free_defaults: frozenset[str]
) -> None:
    both = schema.without(_lacking(schema, project.schema_of(bind)))
    at_once = SCHEMA not in project.exercise.standard.without
    odd = first_odd(project.databases[bind], standard, both, free_defaults, at_once)
    if odd:
        on = f"In {called(bind, project.binds)}: " if bind else ""
        first, *rest = odd.lines
        raise Refused(on + first, *rest, words=odd.words)


def _lacking(wanted: Schema, actual: Schema) -> list[str]:
    """Tables that `actual` has not, or not with all their columns: whether it may, others say."""
    return [
        name
        for name, table in wanted.tables.items()
        if name not in actual or table.columns.keys() - actual[name].columns.keys()
    ]
