"""Grades "Back to yesterday's code"."""

import pytest

FITS = "a column more", "a table more", "two revisions at once"
GONE = "a column renamed", "a table renamed", "one side of the fork"
STRICT = "a new column asks for a value", "an old column asks for a value"
NOT_RECORDED = "although the database does not name 0009, the head"
needs = pytest.mark.needs("test_a_database_that_is_not_ahead_is_upgraded")  # hear of it once


def must_start(project, what, code):
    """COMMAND is started on a database at head, with all that was there."""
    before = project.snapshot()
    fault = project.release(code).fault(code, project.history.heads)
    assert not fault, f"{what}. {fault}"
    project.must_keep(before)


def refuse_a_start(project, why):
    """Neither the app may be started, nor may the exit code say that all is well."""
    release = project.release()
    assert not release.went_on, f"{release.went_on} {why}. {release.found}."


@pytest.mark.guard
@pytest.mark.misconception("release-upgrades-then-becomes-the-app")
def test_a_database_that_is_not_ahead_is_upgraded(project):
    """Where the database is not ahead, a release upgrades it and then becomes COMMAND."""
    must_start(project.copy().add_scenario("keys.py").populated(), "There was one more", 3)
    must_start(project.empty(), "The database was empty", 1)


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-failed-upgrade-is-a-warning")
def test_an_upgrade_that_fails_keeps_the_app_down(project):
    """Where an upgrade fails, is not recorded, or meets two heads, the app stays down."""
    for file, why in ("fails.py", "after a revision had failed"), ("commits.py", NOT_RECORDED):
        refuse_a_start(project.copy().add_scenario(file).populated(), why)
    heads = project.add_scenario("lamps.py").deployment("up to date")
    refuse_a_start(heads, "although the history has two heads, 0008 and lamps")


@needs
@pytest.mark.misconception("every-newer-database-is-too-new")
def test_code_that_fits_is_started(project):
    """Where this code can work with the tables of a database that is ahead, COMMAND is started."""
    for code, name in enumerate(FITS):
        fits = project.copy().deployment(name)
        fault = fits.release(code).fault(code, fits.version)
        assert not fault, f"On the database with {name}, this code works. {fault}"


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-newer-database-is-good-enough")
def test_what_is_gone_keeps_the_app_down(project):
    """Where a table or a column that the models map is not there, nothing is started."""
    for name in GONE:
        refuse_a_start(project.copy().deployment(name), f"on the database with {name}")


@needs
@pytest.mark.guard
@pytest.mark.misconception("what-is-there-may-be-left-out")
def test_what_is_required_keeps_the_app_down(project):
    """Where the database asks for a value that this code leaves out, nothing is started."""
    for name in STRICT:
        refuse_a_start(project.copy().deployment(name), f"where {name}")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-rollback-takes-the-database-back")
def test_the_database_is_left_as_it_is(project):
    """Started or not, a database that is ahead keeps its rows, its tables and its revisions."""
    for name in (FITS[0], *FITS[2:], *GONE):
        ahead = project.copy().deployment(name)
        before, schema, at = ahead.snapshot(), ahead.own_schema(), ahead.version
        ahead.release()
        now = ahead.must_keep(before).version
        assert now == at, f"With {name}, it was at {', '.join(at)}, now at {', '.join(now)}."
        differing = project.differences(schema, ahead.own_schema(), "names", "defaults")
        assert not differing, f"With {name}, the release has changed tables: {differing[0]}."
