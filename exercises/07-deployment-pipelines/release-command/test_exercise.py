"""Grades "Release, or stay down"."""

import pytest

FAILS, COMMITS = "0009_every_piece_has_a_keeper.py", "0009_find_owners.py"
needs = pytest.mark.needs("test_a_good_release_starts_the_app_at_head")  # hear of it once


def must_start(project, what, code):
    """COMMAND is started on a database at head, which has what the revisions make of its rows."""
    wanted = project.copy().solved().upgrade().snapshot()
    fault = project.release(code).fault(code, project.history.heads)
    assert not fault, f"{what}. {fault}"
    project.must_be_in_order().must_hold(wanted)


def refuse_a_start(project, why, ends=0):
    """Neither the app may be started, nor may the exit code say that all is well."""
    release = project.release(ends)
    assert not release.went_on, f"{release.went_on} {why}. {release.found}."


def refuse_a_loss(project, *at, ends=0):
    """After a release that was refused all is as it was, or no row is lost and it is at `at`."""
    before, _ = project.snapshot(), project.release(ends)
    now = ", ".join(project.must_keep(before).version) or "no revision"
    elsewhere = f"A release that was refused left the database at {now}, not at {at[-1]}."
    assert now in at or project.snapshot() == before, elsewhere  # who tried it on a copy: unchanged


@pytest.mark.guard
@pytest.mark.misconception("release-upgrades-then-becomes-the-app")
def test_a_good_release_starts_the_app_at_head(project):
    """A release upgrades the database and then becomes COMMAND, exit code and all."""
    must_start(project.populated(), "There were new revisions", 3)
    must_start(project.add_scenario("0003b7c1e9d2_later.py").populated(), "There was one more", 130)


@needs
@pytest.mark.guard
@pytest.mark.misconception("every-database-has-one-version")
def test_a_database_at_two_revisions_is_upgraded_and_started(project):
    """A database that stands on both sides of the merge, orphans and all, is brought to head."""
    must_start(project.deployment("both sides"), "The database was at 0006 and 0007", 9)


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-command-is-a-line-for-a-shell")
def test_command_is_started_as_it_was_given(project):
    """COMMAND is started once, with all that the release was given, and ends for itself."""
    release = project.populated().release(-15, awkward=True)
    assert not release.changes, "\n".join(release.changes[:3])
    assert release.completed.exit_code != 0, "A signal ended COMMAND, the release says 0."


@needs
@pytest.mark.guard
@pytest.mark.misconception("the-app-is-a-child")
def test_who_stops_the_release_stops_the_app(project):
    """A SIGTERM that is sent to the release while COMMAND runs ends both, and not with 0."""
    release = project.populated().release("stopped")
    assert release.stopped and release.completed.exit_code, "COMMAND went on, or exit code was 0."


@needs
@pytest.mark.guard
@pytest.mark.misconception("every-release-has-a-migration")
def test_a_release_without_new_revisions_starts_the_app(project):
    """Where the database is at head already, the app starts, and no row is touched."""
    must_start(project.deployment("up to date"), "Nothing was to do", 1)


@needs
@pytest.mark.guard
@pytest.mark.misconception("every-database-has-a-version")
def test_an_empty_database_is_upgraded_and_started(project):
    """On its first day the database is empty: the release makes its tables and starts."""
    must_start(project.empty(), "The database was empty", 244)


@needs
@pytest.mark.misconception("a-failed-upgrade-is-a-warning")
def test_a_revision_that_fails_keeps_the_app_down(project):
    """When a revision fails, nothing is started, and the exit code says so."""
    refuse_a_start(project.add_scenario(FAILS).populated(), "after a revision had failed")


@needs
@pytest.mark.misconception("upgrade-heads-repairs-two-heads")
def test_two_heads_keep_the_app_down(project):
    """When the history has two heads, nothing is started, wherever the database is."""
    first = project.add_scenario("lamps.py").copy().deployment("up to date")
    for each in first, project.populated().on_one_machine(), project:
        refuse_a_start(each, "although the history has two heads, 0008 and lamps")


@needs
@pytest.mark.misconception("exit-code-0-means-upgraded")
def test_an_upgrade_that_is_not_recorded_keeps_the_app_down(project):
    """A revision that commits ends with exit code 0 and is not recorded: nothing is started."""
    for file in COMMITS, "0004e20a6f18_values.py":
        refuse_a_start(project.copy().add_scenario(file).populated(), f"without a record of {file}")


@needs
@pytest.mark.misconception("a-newer-database-is-good-enough")
def test_a_database_ahead_of_the_code_keeps_the_app_down(project):
    """When the database names a revision that this code lacks, nothing is started."""
    refuse_a_start(project.deployment("ahead"), "although this code has no revision 0009")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-failed-upgrade-is-a-warning")
def test_a_command_that_is_not_there_is_a_failure(project):
    """When there is no program of COMMAND's name, the exit code says so."""
    refuse_a_start(project.populated(), "although COMMAND is not there", "absent")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-downgrade-cleans-up-after-a-failure")
def test_a_failed_release_loses_no_row(project):
    """Whatever stops a release, every row is still there, and nothing is downgraded or stamped."""
    for file, *at in (FAILS, "0005", "0008"), (COMMITS, "0008"), ("lamps.py", "0005"):
        refuse_a_loss(project.copy().add_scenario(file).populated(), *at)
    refuse_a_loss(project.copy().deployment("ahead"), "0009")
    refuse_a_loss(project.populated(), "0005", "0008", ends="absent")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-release-locks-the-door")
def test_the_next_release_goes_well(project):
    """When the cause of a failure is gone, the next release goes well."""
    good = project.answer
    project.add_scenario(FAILS).populated().on_one_machine().release()
    project.add_scenario("lamps.py").release()
    project.answer = good
    for before, code in ("failed", 2), ("gone well", 143):
        must_start(project, f"The release before had {before}", code)


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-journal-is-rubbish")
def test_a_journal_beside_the_database_is_left_to_sqlite(project):
    """Where a program was killed while it wrote, the next release finds every row."""
    for ahead in False, True:
        must_start(project.populated().killed_while_writing(ahead), "It was killed as it wrote", 7)
