"""Grades "A name that nobody can drop": two databases have two names for one rule."""

import pytest


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-name-is-what-the-revision-says")
def test_staging_gets_the_short_name(project):
    """Where SQLAlchemy has shortened the name, the rule has the same short name afterwards."""
    project.deployment("staging").upgrade().must_be_in_order()


@pytest.mark.guard
@pytest.mark.needs("test_staging_gets_the_short_name")
@pytest.mark.misconception("a-stricter-rule-is-a-safer-rule")
def test_the_rules_hold(project):
    """A licence number is there once, and so is a day of a room; the same day elsewhere is not."""
    table = "INSERT INTO chimney_and_fireplace_inspection (room_id, done_on, "
    first = f"{table}chimney_sweeps_licence_number) VALUES "
    for start in project.copy().populated(), project.deployment("staging"):
        rooms = [row["id"] for row in start.rows("room")][:2]
        start.upgrade().drift(f"{first} ({rooms[0]}, '1999-01-01', 'LN 1')")
        start.must_refuse(f"{first} ({rooms[1]}, '1999-01-02', 'LN 1')")
        start.must_refuse(f"{first} ({rooms[0]}, '1999-01-01', 'LN 2')")
        start.must_take(f"{first} ({rooms[1]}, '1999-01-01', 'LN 2')")
