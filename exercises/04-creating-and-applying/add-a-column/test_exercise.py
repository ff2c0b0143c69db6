"""Grades "Add a column"."""

import pytest


@pytest.mark.misconception("a-new-column-may-invent-values")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_the_old_furniture_has_no_colour_yet(project):
    """Nobody has told the app a colour, so every old row has none."""
    project.populated().upgrade()
    assert set(project.rows("furniture", "colour")) == {None}, "Old rows must hold NULL in colour."
