"""Grades "Eight green days, and nothing migrated"."""

import pytest

KINDS = {  # A revision that fails, and how.
    "0006_a_table_twice.py": "makes a table that is there",
    "0006_locked.py": "waits in vain for somebody who writes",
    "0006_one_name_twice.py": "gives two rooms one name",
    "0006_no_such_table.py": "names a table that is not there",
    "0006_refuses.py": "raises a RuntimeError",
    "0006_not_a_number.py": "reads a text as a number",
    "0006_an_error_of_its_own.py": "raises an error of its own",
}
BACK = {
    "0006_no_way_back.py": "drops a table that is not there",
    "0006_refuses_to_go_back.py": "raises a NotImplementedError",
}


def must_be_red(project, what, *command):
    """The command fails, so it ends with another exit code than 0."""
    typed = " ".join(("flask db", *command))
    assert not project.flask("db", *command).ok, f"{what}, and `{typed}` ended with exit code 0."


@pytest.mark.misconception("a-half-done-revision-is-done")
def test_production_is_at_the_head(project):
    """After your repair.txt, production is at the head, and has what the revisions make."""
    project.repair("production").must_be_in_order()


@pytest.mark.guard
@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("a-downgrade-gives-the-rows-back")
def test_production_keeps_every_row_and_value(project):
    """On production no row and no value is lost, and each room has the size of 0004."""
    wanted = project.copy().solved().repair("production").snapshot()
    project.repair("production").must_hold(wanted)


@pytest.mark.guard
@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("one-repair-fixes-every-copy")
def test_the_laptop_stays_as_it_was(project):
    """The laptop was in order: it stays at 0005, with every size that people wrote."""
    before = project.deployment("laptop").snapshot()
    project.repair("laptop").must_be_in_order().must_hold(before)


@pytest.mark.misconception("an-error-in-the-log-is-seen")
def test_an_upgrade_that_fails_ends_with_an_error(project):
    """Where a revision fails, `flask db upgrade` ends with another exit code than 0."""
    stuck = project.copy().deployment("production")
    must_be_red(stuck, "The column of 0004 was there", "upgrade")
    twice = project.add_scenario("0006_a_column_twice.py").populated()
    must_be_red(twice, "0006 adds a column that is there", "upgrade")


@pytest.mark.needs("test_an_upgrade_that_fails_ends_with_an_error")
@pytest.mark.misconception("some-errors-mean-well")
def test_no_kind_of_error_is_left_out(project):
    """Whatever makes a revision fail, `flask db upgrade` ends with another exit code than 0."""
    for file, what in KINDS.items():
        failing = project.copy().add_scenario(file).populated()
        must_be_red(failing, f"0006 {what}", "upgrade")


@pytest.mark.needs("test_an_upgrade_that_fails_ends_with_an_error")
@pytest.mark.misconception("some-errors-mean-well")
def test_a_database_ahead_of_the_files_is_an_error(project):
    """Where the database names a revision that no file has, `flask db upgrade` says so."""
    ahead = project.populated().drift("UPDATE alembic_version SET version_num = '0099'")
    must_be_red(ahead, "There was no file of 0099", "upgrade")


@pytest.mark.needs("test_an_upgrade_that_fails_ends_with_an_error")
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_a_downgrade_that_fails_is_an_error(project):
    """Where the way back fails, `flask db downgrade` ends with another exit code than 0."""
    for file, what in BACK.items():
        back = project.copy().add_scenario(file).populated().upgrade()
        must_be_red(back, f"The downgrade of 0006 {what}", "downgrade")


@pytest.mark.guard
@pytest.mark.needs("test_an_upgrade_that_fails_ends_with_an_error")
@pytest.mark.misconception("every-command-goes-to-head")
def test_what_goes_well_ends_well(project):
    """New databases, steps to a revision and back, a stamp and a check go as they did."""
    project.empty().upgrade("0003").upgrade().downgrade("0003").upgrade().must_be_in_order()
    for command in "current", "check", "history":
        project.must("flask", "db", command)
    project.must("flask", "db", "stamp", "0003")
    assert project.version == ("0003",), "`flask db stamp 0003` stamped nothing."
