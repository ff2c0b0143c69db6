"""Grades "Table already exists": one copy that create_all half made, one that it made alone."""

import pytest


def refuse_what_lags_behind(project, copy):
    heads, at = project.history.heads, project.repair(copy).version
    says = f"{copy.capitalize()} says that it is at {', '.join(at) or 'no revision'}"
    assert at == heads, f"{says}; the head of your files is {', '.join(heads)}."
    wrong = project.differs_from_goal()
    assert not wrong, f"{says}, and {wrong[0]}."


@pytest.mark.guard
@pytest.mark.misconception("a-revision-mends-one-copy")
def test_a_copy_in_order_upgrades_with_your_files(project):
    """A copy that is in order takes `flask db upgrade` with your files."""
    project.populated().upgrade()


@pytest.mark.misconception("create-all-brings-a-table-up-to-date")
def test_production_reaches_the_head(project):
    """Production is at the head and has what the models ask for."""
    refuse_what_lags_behind(project, "production")


@pytest.mark.misconception("no-bookmark-means-no-tables")
def test_the_laptop_reaches_the_head(project):
    """The laptop is at the head and has what the models ask for."""
    refuse_what_lags_behind(project, "laptop")


@pytest.mark.guard
@pytest.mark.needs("test_production_reaches_the_head", "test_the_laptop_reaches_the_head")
@pytest.mark.misconception("down-and-up-changes-nothing")
def test_no_row_of_either_copy_is_lost(project):
    """No row of either copy is lost, and no value in it."""
    for copy in ("production", "laptop"):
        before = project.deployment(copy).snapshot().rows
        project.repair(copy)
        for table, rows in before.items():
            lost = [row for row in rows if not project.rows(table).where(**row)]
            told = f"On {copy}, {len(lost)} of {len(rows)} rows of {table} are gone or changed."
            assert not lost, f"{told} One was:\n{lost[0]}"
