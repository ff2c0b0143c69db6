"""Grades "Table already exists": one copy that create_all half made, one that it made alone."""

import pytest


@pytest.mark.guard
@pytest.mark.misconception("a-revision-repairs-one-copy")
def test_a_copy_in_order_upgrades_with_your_files(project):
    """A copy that is in order takes `flask db upgrade` with your files."""
    project.populated().upgrade()


@pytest.mark.misconception("create-all-brings-a-table-up-to-date")
def test_production_reaches_the_head(project):
    """Production is at the head and has what the models ask for."""
    project.repair("production").must_be_in_order()


@pytest.mark.misconception("no-bookmark-means-no-tables")
def test_the_laptop_reaches_the_head(project):
    """The laptop is at the head and has what the models ask for."""
    project.repair("laptop").must_be_in_order()


@pytest.mark.guard
@pytest.mark.needs("test_production_reaches_the_head", "test_the_laptop_reaches_the_head")
@pytest.mark.misconception("down-and-up-changes-nothing")
def test_no_row_of_either_copy_is_lost(project):
    """No row of either copy is lost, and no value in it."""
    for copy in "production", "laptop":
        before = project.deployment(copy).snapshot()
        project.repair(copy).must_keep(before)


@pytest.mark.deep
@pytest.mark.guard
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_a_room_that_nobody_measured_is_unknown(project):
    """On production a room gets the size that 0004 gives it: nobody has measured one yet."""
    for copy in "production", "laptop":
        wanted = project.copy().solved().repair(copy).snapshot()
        project.repair(copy).must_hold(wanted)
