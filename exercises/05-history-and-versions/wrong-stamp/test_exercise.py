"""Grades "No such column, and nothing to upgrade": two copies with a wrong stamp, one in order."""

import pytest


def refuse_a_false_bookmark(project, copy):
    heads, at = project.history.heads, project.repair(copy).version
    says = f"{copy.capitalize()} says that it is at {', '.join(at) or 'no revision'}"
    assert at == heads, f"{says}; the head of your files is {', '.join(heads)}."
    wrong = project.differs_from_goal()
    assert not wrong, f"{says}, and {wrong[0]}."


@pytest.mark.guard
@pytest.mark.misconception("a-revision-mends-one-copy")
def test_a_copy_in_order_upgrades_with_your_files(project):
    """A copy that is in order takes `flask db upgrade` with your files."""
    project.deployment("laptop").upgrade()


@pytest.mark.misconception("a-stamp-applies-the-revisions")
def test_production_has_what_its_bookmark_says(project):
    """Production is at the head and has what the models ask for."""
    refuse_a_false_bookmark(project, "production")


@pytest.mark.guard
@pytest.mark.misconception("one-repair-mends-every-copy")
def test_the_laptop_comes_to_no_harm(project):
    """The laptop, which was in order, is at the head and still in order."""
    refuse_a_false_bookmark(project, "laptop")


@pytest.mark.needs("test_production_has_what_its_bookmark_says")
@pytest.mark.misconception("one-bookmark-one-schema")
def test_staging_has_what_its_bookmark_says(project):
    """Staging is at the head and has what the models ask for."""
    refuse_a_false_bookmark(project, "staging")


@pytest.mark.guard
@pytest.mark.needs("test_the_laptop_comes_to_no_harm", "test_staging_has_what_its_bookmark_says")
@pytest.mark.misconception("down-and-up-changes-nothing")
def test_no_row_of_any_copy_is_lost(project):
    """No row of any copy is lost, and no value in it."""
    for copy in ("production", "staging", "laptop"):
        before = project.deployment(copy).snapshot().rows
        project.repair(copy)
        for table, rows in before.items():
            lost = [row for row in rows if not project.rows(table).where(**row)]
            told = f"On {copy}, {len(lost)} of {len(rows)} rows of {table} are gone or changed."
            assert not lost, f"{told} One was:\n{lost[0]}"
