"""Grades "A queue behind a SELECT": by who is answered, and never by a clock."""

import pytest


@pytest.mark.guard
@pytest.mark.misconception("set-is-a-setting")
def test_one_upgrade_does_what_it_did(project):
    """Where nobody is in its way, `flask db upgrade` adds the column, and nothing else."""
    project.populated()
    wanted = project.copy().solved().upgrade().snapshot()
    project.upgrade().must_hold(wanted).must_be_in_order()
    project.downgrade("0008")


@pytest.mark.needs("test_one_upgrade_does_what_it_did")
@pytest.mark.misconception("a-short-change-is-soon-done")
def test_the_queue_is_let_through(project):
    """While a report reads, each visitor is answered; when it has ended, the upgrade is done."""
    project.populated()
    wanted = project.copy().solved().upgrade().snapshot()
    queue = project.flask("queue")
    assert queue.ok, f"`flask queue`: {queue.error_line}"
    project.must_be_at_head().must_hold(wanted)


@pytest.mark.guard
@pytest.mark.needs("test_the_queue_is_let_through")
@pytest.mark.misconception("exit-0-means-applied")
def test_giving_up_is_no_success(project):
    """While the report reads on, the upgrade comes again soon, or ends with an exit code."""
    queue = project.populated().flask("queue", "--long")
    assert queue.ok, f"`flask queue --long`: {queue.error_line}"


@pytest.mark.guard
@pytest.mark.needs("test_the_queue_is_let_through")
@pytest.mark.misconception("every-error-goes-away")
def test_a_faulty_revision_fails_once(project):
    """An error that no waiting cures ends `flask db upgrade` at once, with an exit code."""
    for file in "0010_no_such_column.py", "0010_takes_too_long.py":
        upgrade = project.copy().populated().add_scenario(file).flask("db", "upgrade")
        tries = upgrade.stderr.count("0009 -> 0010")
        assert tries <= 1, f"`flask db upgrade` ran a revision with an error in it {tries} times."
        assert upgrade.exit_code, (
            f"`flask db upgrade` hides that a revision failed: {upgrade.stopped}"
        )
