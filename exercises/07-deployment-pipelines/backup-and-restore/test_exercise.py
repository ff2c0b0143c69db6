"""Grades "A backup that comes back"."""

import pytest

DAMAGED = "UPDATE sqlite_master SET rootpage = 4 WHERE name = 'furniture'"  # an index lies there
needs = pytest.mark.needs("test_a_backup_comes_back")  # hear of it once


def backed_up(project):
    """A machine with one backup, and what is in it."""
    before = project.populated().on_one_machine().snapshot()
    project.must("flask", "backup")
    return before


def gone_on(project, to="painted over"):
    """What there is after people have changed some rows and deleted others."""
    return project.drift(f"DELETE FROM inspection; UPDATE furniture SET value = '{to}'").snapshot()


def must_bring_back(project, state, *command):
    """After this command the database has what `state` has, and no more."""
    project.must("flask", *command)
    project.must_keep(state).must_be_at_head()
    assert not (unlike := project.differences(state.schema, project.schema)), f"Then {unlike[0]}."


def must_fail(project, what, *command):
    """The command ends with another exit code than 0, and each backup is as it was."""
    before = [project.left(f"backups/{number}.db") for number in (1, 2)]
    assert not project.flask(*command).ok, f"{what}: `flask {command[0]}` ended with exit code 0."
    after = [project.left(f"backups/{number}.db") for number in (1, 2)]
    assert before == after, f"{what}: a backup that was there before is gone or changed."


@pytest.mark.guard
@pytest.mark.misconception("a-backup-is-a-file")
def test_a_backup_comes_back(project):
    """What `flask backup` has kept, `flask restore` puts back, whatever was done since."""
    before, _ = backed_up(project), gone_on(project.drift("CREATE TABLE shed (id INTEGER)"))
    must_bring_back(project, before, "restore")


@needs
@pytest.mark.misconception("a-copy-of-the-file-is-a-backup")
def test_a_backup_is_whole_while_people_write(project):
    """A backup has all that was accepted before it began, and nothing that was not."""
    project.populated().on_one_machine().must("flask", "rush", "backup")
    accepted, _since = project.snapshot(), gone_on(project)
    must_bring_back(project, accepted, "restore")


@needs
@pytest.mark.misconception("a-copy-of-the-file-is-a-backup")
def test_a_backup_is_put_back_while_the_app_is_open(project):
    """A restore leaves nothing of what was there, also for those who have the database open."""
    before, _since = backed_up(project), gone_on(project)
    must_bring_back(project, before, "rush", "restore")


@needs
@pytest.mark.misconception("a-restore-loses-nothing")
def test_what_a_restore_replaces_is_kept(project):
    """What was there before a restore is the newest backup after it."""
    before, since = backed_up(project), gone_on(project)
    must_bring_back(project, before, "rush", "restore")
    project.must("flask", "restore")
    assert project.rows("furniture", "value") == since.rows["furniture"].column("value")
    assert len(project.rows("room")) > len(since.rows["room"]), "The room saved last is lost."


@needs
@pytest.mark.misconception("the-newest-backup-is-the-one")
def test_the_newest_three_are_kept(project):
    """Of five backups the newest three are there, each by its number."""
    states = [backed_up(project)]
    for value in "2 m", "3 m", "4 m", "5 m":
        states += [gone_on(project, value)]
        project.must("flask", "backup")
    assert not project.left("backups/4.db"), "There is a fourth backup: backups/4.db."
    for state in states[2:4]:  # what is there becomes number 1, so number 2 moves on
        must_bring_back(project, state, "restore", "3")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-lost-database-is-still-there")
def test_a_backup_builds_a_house_that_is_gone(project):
    """Where the database is gone, `flask restore` makes it from the newest backup."""
    before = backed_up(project)
    project.databases = project.copy().empty().databases
    for lost in project.copy().drift("CREATE TABLE shed (id INTEGER); DROP TABLE shed"), project:
        must_bring_back(lost, before, "restore")
        assert not lost.left("backups/2.db"), "Nothing was there, and it was kept as a backup."


@needs
@pytest.mark.misconception("a-backup-that-was-made-can-be-read")
def test_a_backup_that_cannot_be_made_costs_no_other(project):
    """Where the disk is full or the database damaged, the exit code says so, and no backup goes."""
    before, damaged = backed_up(project), f"PRAGMA writable_schema = ON; {DAMAGED}"
    must_fail(project.copy().drift(damaged), "The database was damaged", "backup")
    must_fail(project, "The disk was full", "rush", "backup", "--disk-full")
    must_bring_back(project, before, "restore")


@needs
@pytest.mark.misconception("what-lies-there-is-a-backup")
def test_what_is_no_backup_is_not_put_back(project):
    """Where a backup is missing or cannot be read, `flask restore` fails and changes nothing."""
    before = backed_up(project)
    must_fail(project, "There was no backup 2", "restore", "2")
    for folder in "torn", "worn":
        there = project.must_keep(before).copy().on_one_machine().add_scenario(folder)
        must_fail(there, f"backups/1.db was {folder}", "restore")
        there.must_keep(before)
