"""Grades "Target database is not up to date": two copies of one database, at two revisions."""

import pytest


@pytest.mark.guard
@pytest.mark.misconception("a-fork-costs-nothing")
def test_your_revision_stands_on_0002(project):
    """Your first new revision stands on 0002, so the history is one line."""
    for first in project.new_revisions[:1]:
        assert first.down == ("0002",), f"The down_revision of {first.file} is not '0002' alone."


@pytest.mark.guard
@pytest.mark.needs("test_your_revision_stands_on_0002")
@pytest.mark.misconception("migrate-writes-only-my-own-change")
def test_both_copies_take_your_revision(project):
    """`flask db upgrade` brings production and the laptop to your head."""
    for name in ("production", "laptop"):
        project.deployment(name).upgrade()


@pytest.mark.needs("test_both_copies_take_your_revision")
@pytest.mark.misconception("changing-the-model-changes-the-database")
def test_both_copies_get_the_maker(project):
    """After `flask db upgrade`, both copies have the column furniture.maker."""
    new = "Your new revision does not add it." if project.new_revisions else "No revision adds it."
    for name in ("production", "laptop"):
        columns = project.deployment(name).upgrade().schema["furniture"].columns
        assert "maker" in columns, f"On {name}, furniture has no column maker. {new}"


@pytest.mark.guard
@pytest.mark.needs("test_both_copies_take_your_revision")
@pytest.mark.misconception("a-revision-may-repeat-the-one-below")
def test_the_heating_on_production_is_left_alone(project):
    """The heating that is recorded on production stays as it is."""
    before = project.deployment("production").rows("room", "heating")
    assert project.upgrade().rows("room", "heating") == before


@pytest.mark.guard
@pytest.mark.needs("test_the_heating_on_production_is_left_alone")
@pytest.mark.misconception("autogenerate-keeps-the-rows")
def test_both_copies_keep_every_row_and_value(project):
    """Every row and every value is kept, on production and on the laptop."""
    for name in ("production", "laptop"):
        before = project.deployment(name).snapshot()
        project.upgrade().must_keep(before)


@pytest.mark.needs("test_both_copies_get_the_maker")
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_the_old_furniture_has_no_maker_yet(project):
    """Nobody has told the app a maker yet, so every old piece of furniture has none."""
    for maker in project.populated().upgrade().rows("furniture", "maker"):
        assert maker is None, f"Old furniture must hold NULL in maker; it holds {maker!r}."
