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


@pytest.mark.deep
@pytest.mark.guard
@pytest.mark.needs("test_printing_the_sql_changes_no_database")
@pytest.mark.misconception("the-printed-sql-is-a-comment")
def test_the_printed_sql_does_what_the_upgrade_does(project):
    """main.sql and archive.sql, run by hand, make of both databases what the upgrade makes."""
    wanted = project.copy().big().upgrade().snapshot()
    project.big().on_one_machine().must("flask", "db", "upgrade", "0008:head", "--sql")
    for bind, file in ("", "main.sql"), ("archive", "archive.sql"):
        project.drift(project.left(file), bind)
        changed = project.differences(wanted.binds[bind].schema, project.schema_of(bind), "names")
        assert not changed, f"After the SQL of {file} was run, {changed[0]}."
    project.must_be_at_head().must_hold(wanted)


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-table-needs-no-class")
def test_the_model_is_called_sold(project):
    """The model of the table `sold` is the class `Sold`."""
    name = project.mapped_attributes().get("sold", {}).get("class", "Sold")
    assert name == "Sold", f"The table sold is made by {name}; it should be Sold."
