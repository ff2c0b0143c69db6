"""Grades "Add a table"."""

import pytest


@pytest.mark.misconception("a-new-table-needs-a-first-row")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_nobody_has_taken_a_photo_yet(project):
    """Nobody has handed in a photo yet, so the new table begins empty."""
    photos = project.populated().upgrade().rows("photo")
    assert not photos, f"The upgrade wrote {len(photos)} photos; one is {photos[0]['file_name']!r}."
