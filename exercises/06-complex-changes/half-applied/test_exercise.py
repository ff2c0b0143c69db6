"""Grades "Table repair already exists": three copies that a revision left at three places."""

import pytest

COPIES = "staging", "laptop", "production"


@pytest.mark.misconception("every-copy-stands-where-mine-does")
def test_staging_reaches_the_head(project):
    """Staging, which has nothing of 0009, is at the head and has what the models ask for."""
    project.repair("staging").must_be_in_order()


@pytest.mark.misconception("what-failed-left-nothing")
def test_production_reaches_the_head(project):
    """Production is at the head and has what the models ask for, and nothing is left behind."""
    project.repair("production").must_be_in_order()


@pytest.mark.misconception("every-copy-stands-where-mine-does")
def test_the_laptop_reaches_the_head(project):
    """The laptop is at the head and has what the models ask for."""
    project.repair("laptop").must_be_in_order()


@pytest.mark.needs(
    "test_staging_reaches_the_head",
    "test_production_reaches_the_head",
    "test_the_laptop_reaches_the_head",
)
@pytest.mark.misconception("what-was-typed-can-be-filled-again")
def test_what_people_typed_is_kept(project):
    """Each repair and each condition that was typed is there, and NULL alone became good."""
    for copy in COPIES:
        wanted = project.copy().solved().repair(copy).snapshot()
        project.repair(copy).must_hold(wanted)
