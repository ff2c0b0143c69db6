"""Grades "No such column, and nothing to upgrade": two copies with a wrong stamp, one in order."""

import pytest


@pytest.mark.guard
@pytest.mark.misconception("a-revision-repairs-one-copy")
def test_a_copy_in_order_upgrades_with_your_files(project):
    """A copy that is in order takes `flask db upgrade` with your files."""
    project.deployment("laptop").upgrade()


@pytest.mark.misconception("a-stamp-applies-the-revisions")
def test_production_has_what_its_bookmark_says(project):
    """Production is at the head and has what the models ask for."""
    project.repair("production").must_be_in_order()


@pytest.mark.guard
@pytest.mark.misconception("one-repair-fixes-every-copy")
def test_the_laptop_comes_to_no_harm(project):
    """The laptop, which was in order, is at the head and still in order."""
    project.repair("laptop").must_be_in_order()


@pytest.mark.needs("test_production_has_what_its_bookmark_says")
@pytest.mark.misconception("one-bookmark-one-schema")
def test_staging_has_what_its_bookmark_says(project):
    """Staging is at the head and has what the models ask for."""
    project.repair("staging").must_be_in_order()


@pytest.mark.guard
@pytest.mark.needs("test_the_laptop_comes_to_no_harm", "test_staging_has_what_its_bookmark_says")
@pytest.mark.misconception("down-and-up-changes-nothing")
def test_no_row_of_any_copy_is_lost(project):
    """No row of any copy is lost, and no value in it."""
    for copy in "production", "staging", "laptop":
        before = project.deployment(copy).snapshot()
        project.repair(copy).must_keep(before)


@pytest.mark.deep
@pytest.mark.guard
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_a_room_that_nobody_measured_is_unknown(project):
    """On production a room gets the size that 0004 gives it: nobody has measured one yet."""
    for copy in "production", "staging", "laptop":
        wanted = project.copy().solved().repair(copy).snapshot()
        project.repair(copy).must_hold(wanted)
