"""Standard checks of the way back."""

from remodel.database.differences import differences, lost_names
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot
from remodel.grading.refusal import Refused, not_recorded
from remodel.grading.standard.marks import SCHEMA, UPGRADED, guard, misconception, needs
from remodel.grading.standard.rows import refuse_lost_values
from remodel.grading.standard.schema import refuse_differences

#: The revisions that a database says it is at, sorted.
Recorded = tuple[str, ...]


@guard
@needs(UPGRADED, SCHEMA)
@misconception("nobody-runs-the-downgrade")
def test_each_step_down_restores_what_was_there(project: Project) -> None:
    """Each of your revisions can be stepped down, and restores the schema before it."""
    start = project.populated().snapshot()
    snapshots = [start]
    for recorded in stages(project):
        snapshots.append(upgraded_to(project, recorded).snapshot())
    stepped = list[tuple[Snapshot, Snapshot]]()
    for before in reversed(snapshots[:-1]):
        after = downgraded_to(project, before.version).snapshot()
        _refuse_restored(before, after, project.exercise.compare)
        stepped.append((before, after))
    refuse_lost_values(start, project.snapshot(), "downgrade")
    for step in stepped:  # last: a lost value is worse than a default that stayed
        _refuse_restored(*step, ("defaults",))


def upgraded_to(project: Project, recorded: Recorded) -> Project:
    """`project`, upgraded until `recorded` is what its database says."""
    if len(recorded) == 1:
        return project.upgrade(*recorded)
    for revision in recorded:
        project.must("flask", "db", "upgrade", revision)
    return _refuse_unless_recorded(project, recorded, f"flask db upgrade {recorded[-1]}")


def downgraded_to(project: Project, recorded: Recorded) -> Project:
    """`project`, one command down, where its database should say `recorded`."""
    # Down to one parent of a merge, what the other parents did stays.
    target = recorded[0] if recorded else "base"
    command = f"flask db downgrade {target}"
    return _refuse_unless_recorded(project.downgrade(target), recorded, command)


def _refuse_unless_recorded(project: Project, recorded: Recorded, command: str) -> Project:
    if project.version != recorded:
        raise not_recorded(command, recorded, project.version)
    return project


def _refuse_restored(before: Snapshot, after: Snapshot, compare: tuple[str, ...]) -> None:
    target = " and ".join(before.version) or "base"
    for bind in before.schemas:
        wanted, actual = before.schemas[bind], after.schemas[bind]
        differing = differences(wanted, actual, compare) or lost_names(wanted, actual)
        if differing:
            raise Refused(
                f"After stepping down to {target}, {differing[0].sentence}.",
                words=differing[0].words,
                function="downgrade",
            )


def stages(project: Project) -> list[Recorded]:
    """What a database may record on its way up, such that one command down leads to the last.

    Below a merge are all its parents, and below those the revision that they fork from.
    """
    history, new = project.history, {r.id for r in project.new_revisions}
    found: list[Recorded] = []
    here = history.heads
    while here and new.issuperset(here):
        found.insert(0, here)
        one = history.get(here[0]) if len(here) == 1 else None
        below = tuple(sorted(one.down)) if one else history.fork_of(here)
        here = history.recorded(below)
    return found


@guard
@needs("test_each_step_down_restores_what_was_there")
@misconception("nobody-runs-the-downgrade")
def test_down_and_up_again_ends_the_same(project: Project) -> None:
    """Down to where you began and up again gives the same schema and the same rows."""
    project.populated()
    start = project.version
    first = project.upgrade().snapshot()
    if first.version == start:
        return
    again = project.downgrade(start[0] if start else "base").upgrade().snapshot()
    for bind in first.schemas:
        differing = differences(first.schemas[bind], again.schemas[bind])
        refuse_differences(differing, "After going down and up again, ")
    try:
        refuse_lost_values(first, again, "upgrade")
    except Refused as refused:
        refused.lines = ("Going down and up again changed something:", *refused.lines)
        raise
