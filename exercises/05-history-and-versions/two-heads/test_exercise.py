"""Grades "Multiple head revisions".

The standard checks say nearly all: the drafts may be joined in any way that leaves one head, both
columns, and a way back to 0005.
"""

import pytest


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_what_nobody_has_filled_in_is_null(project):
    """Nobody has filled in a floor or a value yet, so each is NULL."""
    wanted = project.copy().solved().populated().upgrade().snapshot()
    project.populated().upgrade().must_hold(wanted)
