"""Grades "Can't locate revision": three copies of one database, one of them out of reach."""

import pytest

COPIES = "production", "laptop", "nightly"


def brought_up(project, copy):
    """`copy` after repair.txt; nobody can type on nightly, where a job upgrades."""
    return project.deployment(copy).upgrade() if copy == "nightly" else project.repair(copy)


@pytest.mark.needs("test_a_database_with_rows_reaches_head")
@pytest.mark.misconception("the-database-is-what-is-broken")
def test_production_is_at_the_head(project):
    """After your repair.txt, production is at the head of the history."""
    project.repair("production").must_be_at_head()


@pytest.mark.guard
@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("a-downgrade-gives-the-rows-back")
def test_every_note_on_production_is_kept(project):
    """Every note that people wrote on production is still there."""
    before = project.deployment("production").rows("furniture", "note")
    assert project.repair("production").rows("furniture", "note") == before


@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("one-repair-fixes-every-copy")
def test_the_laptop_has_the_column_and_the_head(project):
    """After your repair.txt, the laptop is at the same head and has the column for notes."""
    project.repair("laptop").must_be_at_head()
    assert "note" in project.schema["furniture"].columns, (
        f"The laptop says that it is at {project.version[0]}, and its furniture has no column note."
    )


@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("a-stamp-repairs-the-history")
def test_nightly_upgrades_with_nobody_to_help(project):
    """On nightly, where nobody can type, `flask db upgrade` alone reaches the same head."""
    project.deployment("nightly").upgrade()


@pytest.mark.needs("test_nightly_upgrades_with_nobody_to_help")
@pytest.mark.misconception("a-downgrade-gives-the-rows-back")
def test_no_copy_loses_a_row_or_a_value(project):
    """On all three copies, no row and no value is lost."""
    for copy in COPIES:
        before = project.deployment(copy).snapshot()
        brought_up(project, copy).must_keep(before)


@pytest.mark.deep
@pytest.mark.misconception("a-stamp-repairs-the-history")
def test_no_copy_differs_from_the_models(project):
    """All three copies have what the models ask for, and nothing else."""
    for copy in COPIES:
        brought_up(project, copy).must_be_in_order()


@pytest.mark.deep
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_a_note_that_nobody_wrote_is_null(project):
    """On the laptop nobody has written a note yet, so each is NULL."""
    for copy in COPIES:
        wanted = brought_up(project.copy().solved(), copy).snapshot()
        brought_up(project, copy).must_hold(wanted)
