"""Grades "Duplicate column name: by_lift": one copy stands between two halves of a revision."""

import pytest


@pytest.mark.misconception("a-stamp-applies-the-revisions")
def test_production_reaches_the_head(project):
    """Production is at the head and has what the models ask for."""
    project.repair("production").must_be_in_order()


@pytest.mark.misconception("one-repair-fixes-every-copy")
def test_staging_reaches_the_head(project):
    """Staging is at the head and has what the models ask for."""
    project.repair("staging").must_be_in_order()


both = pytest.mark.needs("test_production_reaches_the_head", "test_staging_reaches_the_head")


@both
@pytest.mark.guard
@pytest.mark.misconception("no-value-is-no-mistake")
def test_a_room_without_a_floor_gets_none(project):
    """Where nobody has said on which floor a room is, nobody has said it afterwards."""
    wanted = project.copy().solved().repair("staging").rows("room", "floor")
    floors = project.repair("staging").rows("room", "floor")
    unknown = (key for key, floor in wanted.by_key.items() if floor is None)
    if any(floors.by_key.get(key) is not None for key in unknown):
        assert floors == wanted


@both
@pytest.mark.misconception("again-is-the-same-as-once")
def test_every_floor_is_counted_once(project):
    """On both copies each floor moves up once."""
    for copy in "production", "staging":
        wanted = project.copy().solved().repair(copy).rows("room", "floor")
        assert project.repair(copy).rows("room", "floor") == wanted


@pytest.mark.needs("test_a_room_without_a_floor_gets_none", "test_every_floor_is_counted_once")
@pytest.mark.misconception("a-backfill-may-write-over")
def test_every_answer_is_kept(project):
    """On both copies each room has its answer about the lift, and those that people gave stay."""
    for copy in "production", "staging":
        wanted = project.copy().solved().repair(copy).snapshot()
        project.repair(copy).must_hold(wanted)
