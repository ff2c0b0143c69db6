"""Standard checks of the way back."""

from itertools import pairwise

from remodel.database.differences import differences, lost_names
from remodel.grading.project.project import Project
from remodel.grading.project.stages import Recorded, downgraded_to, stages, upgraded_to
from remodel.grading.project.state import Snapshot
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import SCHEMA, UPGRADED, guard, misconception, needs
from remodel.grading.standard.rows import refuse_lost_values
from remodel.grading.standard.schema import refuse_differences


@guard
@needs(UPGRADED, SCHEMA)
@misconception("nobody-runs-the-downgrade")
def test_each_step_down_restores_what_was_there(project: Project) -> None:
    """Each of your revisions can be stepped down, and restores the schema before it."""
    start = project.populated().snapshot()
    snapshots = [start]
    for recorded in stages(project):
        snapshots.append(upgraded_to(project, recorded).snapshot())
    stepped = list[tuple[Snapshot, Snapshot, Recorded]]()
    head = project.databases
    for below, above in reversed([*pairwise(snapshots)]):
        after = downgraded_to(project, below.version).snapshot()
        _refuse_restored(below, after, above.version, project.exercise.compare)
        stepped.append((below, after, above.version))
    project.migrated = head  # as if one command had gone all the way
    _refuse_what_is_not_restored(project, start)
    for step in stepped:  # last: a lost value is worse than a default that stayed
        _refuse_restored(*step, ("defaults",))


def _refuse_what_is_not_restored(project: Project, start: Snapshot) -> None:
    """Refuse where a row or a value of `start` is lost, but for what the solution loses, too."""
    after = project.snapshot()
    try:
        refuse_lost_values(start, after, "downgrade")
    except Refused:
        refuse_lost_values(_restored_by_the_solution(project), after, "downgrade")


def _restored_by_the_solution(project: Project) -> Snapshot:
    """What there is after the solution's way there and back: an upgrade may join rows for good."""

    def go() -> Snapshot:
        own = project.copy().solved().populated()
        start = own.version
        return own.upgrade().downgrade(start[0] if start else "base").snapshot()

    return project.deployments.once("the solution's way there and back", go)


def _refuse_restored(
    before: Snapshot, after: Snapshot, ran: Recorded, compare: tuple[str, ...]
) -> None:
    target = " and ".join(before.version) or "base"
    for bind in before.schemas:
        wanted, actual = before.schemas[bind], after.schemas[bind]
        differing = differences(wanted, actual, compare) or lost_names(wanted, actual)
        if differing:
            raise Refused(
                f"After stepping down to {target}, {differing[0].sentence}.",
                words=differing[0].words,
                function="downgrade",
                revisions=ran,
            )


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
