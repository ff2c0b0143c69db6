"""Standard checks of the way back."""

from remodel.database.differences import differences, lost_names
from remodel.grading.project.project import Project
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
    one_by_one = steps(project)
    snapshots = [start]
    for revision in one_by_one:
        snapshots.append(project.upgrade(revision).snapshot())
    below = [*(start.version or ("base",)), *one_by_one][:-1]
    stepped = list[tuple[Snapshot, Snapshot, str]]()
    for revision, before in zip(reversed(below), reversed(snapshots[:-1]), strict=True):
        after = project.downgrade(revision).snapshot()
        _refuse_restored(before, after, revision, project.exercise.compare)
        stepped.append((before, after, revision))
    refuse_lost_values(start, project.snapshot(), "downgrade")
    for step in stepped:  # last: a lost value is worse than a default that stayed
        _refuse_restored(*step, ("defaults",))


def _refuse_restored(
    before: Snapshot, after: Snapshot, revision: str, compare: tuple[str, ...]
) -> None:
    for bind in before.schemas:
        wanted, actual = before.schemas[bind], after.schemas[bind]
        differing = differences(wanted, actual, compare) or lost_names(wanted, actual)
        if differing:
            raise Refused(
                f"After stepping down to {revision}, {differing[0].sentence}.",
                words=differing[0].words,
                function="downgrade",
            )


def steps(project: Project) -> list[str]:
    """The new revisions one by one, or only the head where they do not form a line."""
    new = project.new_revisions
    below = [project.exercise.deployed[-1:], *((r.id,) for r in new)]
    straight = all(r.down == below[n] for n, r in enumerate(new))
    return [r.id for r in new] if straight else list(project.history.heads)


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
    for bind, contents in first.binds.items():
        for table, rows in contents.rows.items():
            left = len(again.binds[bind].rows[table])
            if left != len(rows):
                raise Refused(
                    f"{table} had {len(rows)} rows; after down and up it has {left}.",
                    words=(table,),
                    function="downgrade",
                )
