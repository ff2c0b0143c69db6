"""Grades "Add a column"."""

import pytest


@pytest.mark.misconception("a-new-column-may-invent-values")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_the_old_furniture_has_no_colour_yet(project):
    """Nobody has told the app a colour yet, so every old piece of furniture has none."""
    colours = set(project.populated().upgrade().rows("furniture", "colour"))
    invented = colours - {None}
    assert not invented, f"Old furniture must hold NULL in colour; it holds {invented.pop()!r}."
