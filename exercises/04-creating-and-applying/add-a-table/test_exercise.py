"""Grades "Add a table"."""

import pytest


@pytest.mark.misconception("a-new-table-needs-a-first-row")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_the_new_table_begins_empty(project):
    """Nobody has handed in anything yet, so the new table begins empty."""
    table = project.word("photo")
    rows = project.populated().upgrade().rows(table)
    assert not rows, f"The upgrade wrote {len(rows)} rows in {table}: {rows[0]['file_name']!r}, …"
