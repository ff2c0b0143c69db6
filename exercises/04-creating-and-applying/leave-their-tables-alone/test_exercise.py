"""Grades "Leave their tables alone": a table of another program, in the same database."""

import pytest


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-generated-file-is-finished")
def test_the_visitor_log_is_as_it_was(project):
    """The doorbell's table stays as it was, with every row, up and down."""
    before, made = project.populated().rows("visitor_log"), project.schema["visitor_log"]
    for step, to in ("upgrade", "head"), ("downgrade", "0001"):
        now = getattr(project, step)(to).schema.tables.get("visitor_log")
        assert now, f"After the {step} there is no table visitor_log. It held {len(before)} rows."
        lost = [row for row in before if row not in project.rows("visitor_log")]
        assert not lost, f"After the {step}, this row of visitor_log is gone:\n{lost[0]}"
        assert now == made, f"After the {step}, visitor_log has other columns or indexes."


@pytest.mark.guard
@pytest.mark.misconception("every-table-needs-a-model")
def test_no_model_of_hearth_makes_a_visitor_log(project):
    """No model of Hearth describes the doorbell's table."""
    made = "visitor_log" in project.model_schema()
    assert not made, "Your models make a table visitor_log: now two programs define it."


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
    for drift in "missing column", "needless column", "needless index":
        ended = project.deployment(f"{drift} in room").upgrade().flask("db", "check")
        assert not ended.ok, f"Your `flask db check` does not see a {drift} in the table room."
