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


@pytest.mark.needs("test_production_reaches_the_head", "test_staging_reaches_the_head")
@pytest.mark.misconception("again-is-the-same-as-once")
def test_every_floor_is_counted_once_and_every_answer_kept(project):
    """On both copies each floor moves up once, and each room has its answer about the lift."""
    for copy in "production", "staging":
        wanted = project.copy().solved().repair(copy).snapshot()
        project.repair(copy).must_hold(wanted)
