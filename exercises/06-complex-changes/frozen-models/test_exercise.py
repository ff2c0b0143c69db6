"""Grades "No such column: room.heated": a revision that leans on the models of the day."""

import pytest


@pytest.mark.misconception("a-revision-keeps-the-models-of-its-day")
@pytest.mark.needs("test_a_database_with_rows_reaches_head")
def test_each_room_gets_the_mark_of_that_day(project):
    """On a copy that runs 0009 only now, each mark is what 0009 wrote in January."""
    for room in project.populated().upgrade().rows("room"):
        floor = "?" if room["floor"] is None else room["floor"]
        mark = f"{floor}/{room['id']}"
        assert room["mark"] == mark, (
            f"Room {room['id']} on floor {floor} has the mark {room['mark']!r}. "
            f"In January 0009 gave it {mark!r}."
        )


@pytest.mark.guard
@pytest.mark.misconception("deployed-history-can-be-edited")
def test_copies_that_have_run_0009_go_on(project):
    """Production, at 0009, and the laptop, at 0010, reach the head and keep what they have."""
    for copy in "production", "laptop":
        wanted = project.copy().solved().deployment(copy).upgrade().snapshot()
        project.deployment(copy).upgrade().must_be_in_order().must_hold(wanted)
