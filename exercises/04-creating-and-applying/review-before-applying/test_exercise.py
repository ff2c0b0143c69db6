"""Grades "Review before applying"."""

import pytest


@pytest.mark.misconception("a-generated-file-is-finished")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_every_colour_is_kept_as_paint(project):
    """Every room has the paint that was its colour, to the letter."""
    before = project.populated().rows("room", "colour")
    project.upgrade()
    assert project.rows("room", "paint") == before


@pytest.mark.misconception("the-way-back-needs-no-review")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_paint_chosen_since_comes_back_as_colour(project):
    """A paint that somebody chose after the upgrade is the room's colour after the downgrade."""
    project.at("0001").upgrade().with_rows("room")
    before = project.rows("room", "paint")
    schema = project.downgrade("0001").schema
    assert "colour" in schema["room"].columns, "After the downgrade, room has no column colour."
    assert project.rows("room", "colour") == before
