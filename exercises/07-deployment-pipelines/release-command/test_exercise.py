"""Grades "Release, or stay down"."""

import pytest

FAILS, COMMITS = "0009_every_piece_has_a_keeper.py", "0009_tidy_owners.py"


def refuse_a_start(release, why):
    """Neither the app may be started, nor may the exit code say that all is well."""
    at = ", ".join(release.version) or "no revision"
    assert not release.started, f"COMMAND was started {why}; the database was at {at}."
    assert release.completed.exit_code != 0, f"The release ended with exit code 0 {why}."


@pytest.mark.guard
@pytest.mark.misconception("release-upgrades-then-becomes-the-app")
def test_a_good_release_starts_the_app_at_head(project):
    """A release upgrades the database and then becomes COMMAND, exit code and all."""
    release = project.populated().release(exit_code=3)
    code, at = release.completed.exit_code, ", ".join(release.version)
    assert code == 3, f"COMMAND ends with exit code 3, the release with {code}: {release.last_line}"
    assert release.started, f"COMMAND was never started: {release.last_line}"
    assert release.version == project.history.heads, f"COMMAND found the database at {at}."
    columns = project.schema["room"].columns
    assert "floor" in columns, f"The database says {at}, but room.floor is not there."


@pytest.mark.guard
@pytest.mark.misconception("every-release-has-a-migration")
def test_a_release_without_new_revisions_starts_the_app(project):
    """Where the database is at head already, the app starts."""
    release = project.at("0008").release()
    assert release.started, f"Nothing was to do, and COMMAND was not started: {release.last_line}"


@pytest.mark.guard
@pytest.mark.misconception("every-database-has-a-version")
def test_an_empty_database_is_upgraded_and_started(project):
    """On its first day the database is empty: the release makes its tables and starts."""
    release = project.empty().release()
    assert release.started, f"The database was empty, and nothing was started: {release.last_line}"


@pytest.mark.misconception("a-failed-upgrade-is-a-warning")
def test_a_revision_that_fails_keeps_the_app_down(project):
    """When a revision fails, nothing is started, and the exit code says so."""
    release = project.add_scenario(FAILS).populated().release()
    refuse_a_start(release, "after a revision had failed")


@pytest.mark.guard
@pytest.mark.misconception("a-downgrade-cleans-up-after-a-failure")
def test_a_failed_release_loses_no_row(project):
    """After a failed release, every row is still there."""
    before = project.add_scenario(FAILS).populated().rows("furniture", "owner")
    project.release()
    assert "furniture" in project.schema, "The table furniture is gone, and every row with it."
    assert project.rows("furniture", "owner") == before


@pytest.mark.misconception("upgrade-heads-repairs-two-heads")
def test_two_heads_keep_the_app_down(project):
    """When the history has two heads, nothing is started."""
    release = project.add_scenario("lamps.py").populated().release()
    refuse_a_start(release, "although the history has two heads, 0008 and lamps")


@pytest.mark.misconception("exit-code-0-means-upgraded")
def test_an_upgrade_that_is_not_recorded_keeps_the_app_down(project):
    """A revision that commits ends with exit code 0 and is not recorded: nothing is started."""
    release = project.add_scenario(COMMITS).populated().release()
    refuse_a_start(release, "although revision 0009 is not recorded")


@pytest.mark.misconception("a-newer-database-is-good-enough")
def test_a_database_ahead_of_the_code_keeps_the_app_down(project):
    """When the database names a revision that this code lacks, nothing is started."""
    release = project.deployment("ahead").release()
    refuse_a_start(release, "although this code has no revision 0009")
