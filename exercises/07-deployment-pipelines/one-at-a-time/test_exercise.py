"""Grades "Eight workers, one upgrade"."""

import pytest

needs = pytest.mark.needs("test_one_upgrade_does_what_it_did")  # hear of it once


def must_come_up(project, *command):
    """Eight workers start and none fails; then there are the rows of one upgrade."""
    wanted = project.populated().copy().solved().upgrade().snapshot()
    crowd = project.flask(*command)
    assert crowd.ok, f"`flask {' '.join(command)}`: {crowd.error_line}"
    project.must_be_at_head().must_hold(wanted)


@pytest.mark.guard
@pytest.mark.misconception("a-lock-is-only-for-a-crowd")
def test_one_upgrade_does_what_it_did(project):
    """One `flask db upgrade` by itself brings the database to 0009, with its rows."""
    wanted = project.populated().copy().solved().upgrade().snapshot()
    project.upgrade().must_hold(wanted)


@needs
@pytest.mark.misconception("alembic-upgrades-one-at-a-time")
def test_one_upgrades_and_the_others_wait(project):
    """Of eight workers one upgrades; the others wait until it has ended, and all come up."""
    must_come_up(project, "crowd")


@needs
@pytest.mark.needs("test_one_upgrades_and_the_others_wait")
@pytest.mark.misconception("who-ends-takes-its-lock-along")
def test_a_killed_worker_keeps_nobody_out(project):
    """A worker that was killed in the middle of its upgrade keeps no other out."""
    must_come_up(project, "crowd", "--killed")


@needs
@pytest.mark.needs("test_one_upgrades_and_the_others_wait")
@pytest.mark.misconception("what-waits-waits-long-enough")
def test_a_slow_revision_is_waited_for(project):
    """Who waits for a slow revision waits until that has ended, and does not give up."""
    must_come_up(project, "crowd", "--slow")
