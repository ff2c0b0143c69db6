"""Grades "Going back": one step down brings everything back, the other refuses."""

import pytest


def parts(schema):
    """Each part of a schema, and what it is."""
    for name, table in schema.tables.items():
        yield f"the table {name}", "there"
        for column in table.columns.values():
            yield f"{name}.{column.name}", column.type + " NOT NULL" * (not column.nullable)
        for kind in ("uniques", "indexes", "foreign_keys"):
            yield f"{kind} of {name}", ", ".join(map(str, getattr(table, kind))) or "none"


def refuse_changes(then, now, when):
    """Neither a part of the schema nor a value in a row may differ."""
    was, found = dict(parts(then.schema)), dict(parts(now.schema))
    for part in {**was, **found}:
        old, new = was.get(part, "not there"), found.get(part, "not there")
        assert new == old, f"{when}, {part}: now {new}, before {old}."
    for table, rows in then.rows.items():
        for name in [*rows[0]][::-1]:
            assert now.rows[table].column(name) == rows.column(name)


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("the-way-there-may-be-bent")
def test_the_upgrades_do_what_they_did(project):
    """The upgrades still make of every row what they made of it before."""
    given = project.populated().copy()
    given.answer = project.solution
    wanted, made = given.upgrade().snapshot().rows, project.upgrade().snapshot().rows
    for table in wanted:
        same = [*made[table]] == [*wanted[table]]
        assert same, f"The upgrades now make other rows of {table}. Put back what was given."


@pytest.mark.misconception("any-order-leads-back")
def test_stepping_down_from_0006_brings_everything_back(project):
    """One step down from 0006, schema and rows are what they were at 0005."""
    before = project.populated().snapshot()
    ended = project.upgrade("0006").copy().flask("db", "downgrade", "--", "-1")
    refused = not ended.ok and "Traceback" not in ended.stderr
    assert not refused, "0006 refuses to be stepped down, and nothing that it changed is lost."
    refuse_changes(before, project.downgrade("0005").snapshot(), "After stepping down to 0005")


@pytest.mark.misconception("every-upgrade-can-be-undone")
def test_stepping_down_from_0007_is_refused(project):
    """Where 0007 threw days away, its downgrade ends with an error, and 0007 stays recorded."""
    ended = project.populated().upgrade().flask("db", "downgrade")
    at = ", ".join(project.version)
    refused = ended.exit_code != 0 and at == "0007"
    assert refused, f"Stepping down from 0007 ended with exit code {ended.exit_code}, at {at}."


@pytest.mark.needs("test_stepping_down_from_0007_is_refused")
@pytest.mark.misconception("a-failed-command-changes-nothing")
def test_a_refusal_changes_nothing(project):
    """After the refusal, schema and rows are what they were."""
    before = project.populated().upgrade().snapshot()
    project.flask("db", "downgrade")
    refuse_changes(before, project.snapshot(), "After the refused step down from 0007")


@pytest.mark.guard
@pytest.mark.needs("test_stepping_down_from_0007_is_refused")
@pytest.mark.misconception("any-error-is-a-refusal")
def test_the_refusal_is_no_crash(project):
    """The refusal is one line, with no traceback around it."""
    ended = project.populated().upgrade().copy().flask("db", "downgrade")
    if "Traceback" in ended.stderr:
        project.downgrade("0006")  # fails, and tells of the error and of its line
    assert "Traceback" not in ended.stderr, "The step down from 0007 crashes with a traceback."


@pytest.mark.needs("test_the_refusal_is_no_crash")
@pytest.mark.misconception("a-refusal-explains-itself")
def test_the_refusal_says_what_is_lost(project):
    """The refusal is a sentence that names `bought_on`."""
    ended = project.populated().upgrade().flask("db", "downgrade")
    *_, last = ended.stderr.strip().splitlines() or ["(nothing)"]
    named = "bought_on" in ended.stderr + ended.stdout
    assert named, f"The step down from 0007 is refused without naming bought_on:\n  {last}"
