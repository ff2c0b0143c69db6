"""Grades "Release, or stay down"."""

import pytest

FAILS, COMMITS = "0009_every_piece_has_a_keeper.py", "0009_tidy_owners.py"
#: What hangs or never starts does so in every case: once is enough to hear of it.
needs = pytest.mark.needs("test_a_good_release_starts_the_app_at_head")


def refuse_a_start(release, why):
    """Neither the app may be started, nor may the exit code say that all is well."""
    at = ", ".join(release.version) or "no revision"
    assert not release.started, f"COMMAND was started {why}; the database was at {at}."
    assert release.completed.exit_code != 0, f"The release ended with exit code 0 {why}."


def refuse_another_end(project, release, what):
    """COMMAND is started on a database at head, which has what the revisions make of its rows."""
    assert release.started, f"{what}, and COMMAND was not started: {release.last_line}"
    at = ", ".join(release.version) or "no revision"
    assert release.version == project.history.heads, f"{what}. COMMAND found the database at {at}."
    project.must_be_in_order()


@pytest.mark.guard
@pytest.mark.misconception("release-upgrades-then-becomes-the-app")
def test_a_good_release_starts_the_app_at_head(project):
    """A release upgrades the database and then becomes COMMAND, exit code and all."""
    wanted = project.copy().solved().populated().upgrade().snapshot()
    release = project.populated().release(exit_code=3)
    code = release.completed.exit_code
    assert code == 3, f"COMMAND ends with exit code 3, the release with {code}: {release.last_line}"
    refuse_another_end(project, release, "There were new revisions")
    project.must_keep(wanted)


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-command-is-a-line-for-a-shell")
def test_command_is_started_as_it_was_given(project):
    """COMMAND gets each of its arguments and its environment as they are, and ends for itself."""
    release = project.populated().release(exit_code=-15)
    for given, got in zip(release.given, (*release.arguments, *release.given), strict=False):
        assert got == given, f"COMMAND was given the argument {given!r}, and got {got!r}."
    lost = release.lost_variables
    assert not lost, f"COMMAND was started without {lost[0]}, which the release had."
    code = release.completed.exit_code
    assert code != 0, "A signal ended COMMAND, and the release says exit code 0."


@needs
@pytest.mark.guard
@pytest.mark.misconception("every-release-has-a-migration")
def test_a_release_without_new_revisions_starts_the_app(project):
    """Where the database is at head already, the app starts, and no row is touched."""
    before = project.deployment("up to date").snapshot()
    refuse_another_end(project, project.release(), "Nothing was to do")
    project.must_keep(before)


@needs
@pytest.mark.guard
@pytest.mark.misconception("every-database-has-a-version")
def test_an_empty_database_is_upgraded_and_started(project):
    """On its first day the database is empty: the release makes its tables and starts."""
    refuse_another_end(project, project.empty().release(), "The database was empty")


@needs
@pytest.mark.misconception("a-failed-upgrade-is-a-warning")
def test_a_revision_that_fails_keeps_the_app_down(project):
    """When a revision fails, nothing is started, and the exit code says so."""
    release = project.add_scenario(FAILS).populated().release()
    refuse_a_start(release, "after a revision had failed")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-downgrade-cleans-up-after-a-failure")
def test_a_failed_release_loses_no_row(project):
    """After a failed release, every row is still there."""
    before = project.add_scenario(FAILS).populated().snapshot()
    project.release()
    assert "furniture" in project.schema, "The table furniture is gone, and every row with it."
    project.must_keep(before)


@needs
@pytest.mark.misconception("upgrade-heads-repairs-two-heads")
def test_two_heads_keep_the_app_down(project):
    """When the history has two heads, nothing is started, wherever the database is."""
    project.add_scenario("lamps.py")
    for begun in project.copy().populated(), project.copy().deployment("up to date"):
        refuse_a_start(begun.release(), "although the history has two heads, 0008 and lamps")


@needs
@pytest.mark.misconception("exit-code-0-means-upgraded")
def test_an_upgrade_that_is_not_recorded_keeps_the_app_down(project):
    """A revision that commits ends with exit code 0 and is not recorded: nothing is started."""
    release = project.add_scenario(COMMITS).populated().release()
    refuse_a_start(release, "although revision 0009 is not recorded")


@needs
@pytest.mark.misconception("a-newer-database-is-good-enough")
def test_a_database_ahead_of_the_code_keeps_the_app_down(project):
    """When the database names a revision that this code lacks, nothing is started."""
    release = project.deployment("ahead").release()
    refuse_a_start(release, "although this code has no revision 0009")
