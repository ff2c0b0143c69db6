"""Grades "Leave their tables alone": a table of another program, in the same database."""

import pytest

#: What goes wrong in Hearth's own tables: the SQL, and how `flask db check` calls it.
DRIFT = (
    ("ALTER TABLE furniture DROP COLUMN material", "furniture.material", "missing column"),
    ("ALTER TABLE furniture ADD COLUMN mark TEXT", "furniture.mark", "needless column"),
    ("CREATE INDEX by_name ON furniture (name)", "by_name", "needless index on furniture"),
    ("ALTER TABLE room DROP COLUMN colour", "", ""),
    ("ALTER TABLE room ADD COLUMN colour INTEGER", "room.colour", "column of another type"),
    ("ALTER TABLE room ADD COLUMN mark TEXT", "room.mark", "needless column"),
    ("CREATE INDEX by_mark ON room (mark)", "by_mark", "needless index on room"),
)


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-generated-file-is-finished")
def test_the_visitor_log_is_as_it_was(project):
    """The doorbell's table stays as it was, with every row, up and down."""
    before, made = project.populated().rows("visitor_log"), project.schema["visitor_log"]
    for step, to in ("upgrade", "head"), ("downgrade", "0001"):
        now = getattr(project, step)(to).schema.tables.get("visitor_log")
        assert now, f"After the {step} there is no table visitor_log. It held {len(before)} rows."
        rows = project.rows("visitor_log")
        lost = [row for row in before if row not in rows]
        assert not lost, f"After the {step}, this row of visitor_log is gone:\n{lost[0]}"
        new = [row for row in rows if row not in before]
        assert not new, f"After the {step}, the doorbell's log has a row of yours:\n{new[0]}"
        assert now == made, f"After the {step}, visitor_log has other columns or indexes."


@pytest.mark.guard
@pytest.mark.misconception("every-table-needs-a-model")
def test_no_model_of_hearth_makes_a_visitor_log(project):
    """No model of Hearth describes the doorbell's table."""
    made = "visitor_log" in project.model_schema()
    assert not made, "Your models make a table visitor_log: now two programs define it."


@pytest.mark.guard
@pytest.mark.needs("test_an_empty_database_reaches_head")
@pytest.mark.misconception("their-table-is-mine-to-make")
def test_an_empty_database_gets_no_visitor_log(project):
    """Your revisions make no table of the doorbell's."""
    made = "visitor_log" in project.empty().upgrade().schema
    assert not made, "In an empty database, your upgrade makes a table visitor_log."


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("what-has-no-model-was-removed")
def test_flask_db_check_leaves_the_visitor_log_alone(project):
    """`flask db check` does not ask for the removal of the doorbell's table."""
    detected = project.populated().upgrade().detected()
    theirs = [each for each in detected if "visitor_log" in each]
    assert not theirs, f"After your upgrade, `flask db check` still says:\n{theirs[-1]}"


@pytest.mark.needs("test_flask_db_check_leaves_the_visitor_log_alone")
@pytest.mark.misconception("a-filter-is-about-tables-alone")
def test_flask_db_check_finds_nothing_to_do(project):
    """After your upgrade, `flask db check` finds nothing to do."""
    detected = project.populated().upgrade().detected()
    assert not detected, f"After your upgrade, `flask db check` ends with an error:\n{detected[0]}"


@pytest.mark.guard
@pytest.mark.needs("test_flask_db_check_finds_nothing_to_do")
@pytest.mark.misconception("a-clean-check-has-compared")
def test_flask_db_check_still_sees_hearths_own_tables(project):
    """Where a table of Hearth's own has drifted, `flask db check` says so."""
    script = ";".join(sql for sql, _, _ in DRIFT)
    detected = "\n".join(project.populated().upgrade().drift(script).detected())
    for _, name, drift in DRIFT:
        called = f"a {drift}: {name}"
        assert name in detected, f"Your `flask db check` does not see {called}."
