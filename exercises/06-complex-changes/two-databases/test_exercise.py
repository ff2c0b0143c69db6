"""Grades "A second bind"."""

import pytest


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-revision-opens-its-own-connection")
def test_printing_the_sql_changes_no_database(project):
    """`flask db upgrade 0008:head --sql` only writes the SQL down: no database changes."""
    before = project.populated().snapshot()
    project.flask("db", "upgrade", "0008:head", "--sql")
    assert project.snapshot() == before, (
        "`flask db upgrade 0008:head --sql` should only print, and it changed a database. "
        "Does your revision open a connection of its own? `op` already has the right one."
    )
