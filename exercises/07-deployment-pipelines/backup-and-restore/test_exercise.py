"""Grades "A backup that comes back"."""

import pytest

DAMAGE = (
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'furniture'",
)
needs = pytest.mark.needs("test_a_backup_comes_back")  # hear of it once


def backed_up(project):
    """A machine with one backup, and what is in it."""
    before = project.populated().on_one_machine().snapshot()
    project.must("flask", "backup")
    return before


def gone_on(project, value="painted over"):
    """What there is after people have changed some rows and deleted others."""
    gone = "DELETE FROM inspection"
    return project.drift(f"UPDATE furniture SET value = '{value}'; {gone}").snapshot()


def must_be_back(project, state):
    """The database has what `state` has, and no more."""
    more = len(project.rows("room")) - len(state.rows["room"])
    assert more <= 0, f"Rooms that were not to come back, and are there: {more}."
    project.must_keep(state)


def must_fail(project, what, *command):
    """The command ends with another exit code than 0, and each backup is as it was."""
    before = [project.left(f"backups/{number}.db") for number in (1, 2)]
    typed = f"{what}, and `flask {' '.join(command)}`"
    assert not project.flask(*command).ok, f"{typed} ended with exit code 0."
    after = [project.left(f"backups/{number}.db") for number in (1, 2)]
    assert before == after, f"{typed} failed. A backup that was there before is gone or changed."


@pytest.mark.guard
@pytest.mark.misconception("a-backup-is-a-file")
def test_a_backup_comes_back(project):
    """What `flask backup` has kept, `flask restore` puts back, whatever was done since."""
    before = backed_up(project)
    gone_on(project)
    project.must("flask", "restore")
    must_be_back(project, before)
    project.must_be_at_head()


@needs
@pytest.mark.misconception("a-copy-of-the-file-is-a-backup")
def test_a_backup_is_whole_while_people_write(project):
    """A backup has all that was accepted before it began, and nothing that was not."""
    project.populated().on_one_machine().must("flask", "rush", "backup")
    accepted = project.snapshot()
    gone_on(project)
    project.must("flask", "restore")
    must_be_back(project, accepted)


@needs
@pytest.mark.misconception("a-copy-of-the-file-is-a-backup")
def test_a_backup_is_put_back_while_the_app_is_open(project):
    """A restore leaves nothing of what lies beside the file, also where somebody has it open."""
    before = backed_up(project)
    gone_on(project)
    project.must("flask", "rush", "restore")
    must_be_back(project, before)


@needs
@pytest.mark.misconception("a-restore-loses-nothing")
def test_what_a_restore_replaces_is_kept(project):
    """What was there before a restore is the newest backup after it."""
    backed_up(project)
    since = gone_on(project)
    project.must("flask", "restore")
    project.must("flask", "restore")
    must_be_back(project, since)


@needs
@pytest.mark.misconception("the-newest-backup-is-the-one")
def test_the_newest_three_are_kept(project):
    """Of five backups the newest three are there, each by its number."""
    backed_up(project)
    states = []
    for value in "2 m", "3 m", "4 m", "5 m":
        states.append(gone_on(project, value))
        project.must("flask", "backup")
    assert not project.left("backups/4.db"), "There is a fourth backup: backups/4.db."
    for number, state in (3, states[1]), (3, states[2]):  # what is there becomes number 1
        project.must("flask", "restore", str(number))
        must_be_back(project, state)


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-lost-database-is-still-there")
def test_a_backup_builds_a_house_that_is_gone(project):
    """Where the database is gone, `flask restore` makes it from the newest backup."""
    before = backed_up(project)
    project.databases = project.copy().empty().databases
    project.must("flask", "restore")
    must_be_back(project, before)


@needs
@pytest.mark.misconception("a-backup-that-was-made-can-be-read")
def test_a_backup_that_cannot_be_made_costs_no_other(project):
    """Where the disk is full or the database damaged, the exit code says so, and no backup goes."""
    before = backed_up(project)
    must_fail(project.copy().drift("; ".join(DAMAGE)), "The database was damaged", "backup")
    must_fail(project, "The disk was full", "rush", "backup", "--disk-full")
    project.must("flask", "restore")
    must_be_back(project, before)


@needs
@pytest.mark.misconception("what-lies-there-is-a-backup")
def test_what_is_no_backup_is_not_put_back(project):
    """Where a backup is missing or cannot be read, `flask restore` fails and changes nothing."""
    before = backed_up(project)
    must_fail(project, "There was no backup 2", "restore", "2")
    must_be_back(project, before)
    project.on_one_machine().add_scenario("torn")
    must_fail(project, "backups/1.db held no database", "restore")
    must_be_back(project, before)
