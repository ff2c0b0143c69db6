"""Grades "Three releases to drop a column"."""

import pytest

OLD, NEW, LAST = "the old app", "the new app", "the old app, put back,"
TYPED = {"name": "{word}", "colour": "", "size": "4x3", "floor": ""}
PLAN = {
    "codes": {"old": None, "new": {}},
    "steps": (
        ("the start of the old app", ("start", OLD, "old")),
        ("release 2's upgrade to 0009", ("upgrade", "new", "0009")),
        ("the start of the new app", ("start", NEW, "new")),
        ("the end of the old app", ("stop", OLD)),
        ("the start of the old app, put back", ("start", LAST, "old")),
        ("the end of the old app, put back", ("stop", LAST)),
        ("release 3's upgrade to 0010", ("upgrade", "new", "0010")),
    ),
    "asks": (
        ("POST", "/rooms/add", TYPED),
        ("POST", "/rooms/{row}/edit", TYPED),
        ("GET", "/rooms/{row}", {}),
    ),
    "table": "room",
    "page": "/",
}
needs = pytest.mark.needs("test_nobody_is_refused_on_the_way")  # hear of it once


def lived_in(project):
    """A house with more rooms than the releases have requests."""
    project.laid_out().with_rows("room", 20)
    return project


@pytest.mark.guard
@pytest.mark.misconception("deployed-history-can-be-edited")
def test_deployed_revisions_are_untouched(project):
    """The revisions that databases already have are as they were."""
    changed = [*project.answer.tampered, *project.answer.missing]
    assert not changed, f"{changed[0]} is not as it was given."


@pytest.mark.misconception("what-no-page-shows-nobody-reads")
def test_nobody_is_refused_on_the_way(project):
    """Old code and new code answer every request, at each step of the releases."""
    lived_in(project).roll_out(**PLAN)


@needs
@pytest.mark.misconception("a-column-that-goes-may-go-today")
def test_the_sizes_stay_until_the_last_release(project):
    """Until 0010 every size is there: the old code may have to come back."""
    before = lived_in(project).rows("room", "size")
    now = project.upgrade("0009").rows("room", "size")
    assert now == before, "After `flask db upgrade 0009`, a size of a room is not what it was."


@needs
@pytest.mark.misconception("a-column-that-goes-may-go-today")
def test_nothing_that_was_accepted_is_lost(project):
    """What old code or new code has accepted is there in the end, but for the size."""
    full = [project.copy().populated(), project.copy().big()]
    solved = lived_in(project.copy()).solved()
    solved.roll_out(**PLAN)
    rollout = lived_in(project).roll_out(**PLAN)
    lost = rollout.lost(solved.rows("room"), project.rows("room"))
    assert not lost, lost[0]
    project.must_hold(solved.snapshot())
    for house in full:
        wanted = house.copy().solved().upgrade().snapshot()
        house.upgrade().must_hold(wanted)


@needs
@pytest.mark.misconception("the-migration-is-enough-without-the-model")
def test_tables_and_models_are_the_goal(project):
    """In the end there is no size, all else is as it was, and the models say so."""
    lived_in(project).roll_out(**PLAN)
    detected = project.must_be_in_order().detected()
    assert not detected, f"`flask db check` is not clean: {detected[0]}"
