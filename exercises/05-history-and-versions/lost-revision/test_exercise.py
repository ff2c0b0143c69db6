"""Grades "Can't locate revision": three copies of one database, one of them out of reach."""

import pytest


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
