"""Grades "Rename a column and keep what is in it"."""

import pytest


@pytest.mark.misconception("autogenerate-writes-renames")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_every_name_survives_the_rename(project):
    """Every piece of furniture has the label that was its name, to the letter."""
    before = project.populated().rows("furniture", "name")
    project.upgrade()
    assert project.rows("furniture", "label") == before
