"""Grades "An index on a table that people write to": by locks and the catalog, not by a clock."""

import pytest


@pytest.mark.guard
@pytest.mark.misconception("an-index-is-built-beside")
def test_nobody_waits_for_the_upgrade(project):
    """No statement of the upgrade takes a lock for which readers or writers wait."""
    project.copy().populated().must_keep_nobody_waiting()
    project.deployment("production").must_keep_nobody_waiting()


@pytest.mark.misconception("a-name-that-is-taken-is-done")
def test_production_gets_an_index_that_works(project):
    """Where a failed build has left an invalid index, the upgrade ends with a valid one."""
    project.deployment("production").upgrade().must_be_in_order()


@pytest.mark.guard
@pytest.mark.misconception("a-revision-runs-to-its-end")
def test_staging_reaches_the_head(project):
    """Where the index is there and only the bookmark has not moved, the upgrade moves it."""
    project.deployment("staging").upgrade().must_be_in_order()


@pytest.mark.guard
@pytest.mark.needs("test_a_database_with_rows_reaches_head")
@pytest.mark.misconception("an-index-is-built-beside")
def test_nobody_waits_for_the_downgrade(project):
    """No statement of the downgrade takes a lock for which readers or writers wait."""
    project.populated().upgrade().must_keep_nobody_waiting("downgrade")
