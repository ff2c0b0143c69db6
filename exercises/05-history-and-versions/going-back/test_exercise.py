"""Grades "Going back": one step down brings everything back, the other refuses."""

import pytest


def refuse_changes(project, before, when):
    """Neither a part of the schema nor a value in a row may differ; a default is said last."""
    for compare in (), ("defaults",):
        changed = project.differences(before.schema, project.schema, *compare)
        assert not changed, f"{when}, {changed[0]}."
        project.must_keep(before)


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
    refuse_changes(project.downgrade("0005"), before, "After stepping down to 0005")
    for sql in "", "INSERT INTO room (name, size) VALUES ('Hall', '4x3')":
        before, when = project.at().drift(sql).snapshot(), "After the step without unknown sizes"
        refuse_changes(project.upgrade("0006").downgrade("0005"), before, when)


@pytest.mark.misconception("every-upgrade-can-be-undone")
def test_stepping_down_from_0007_is_refused(project):
    """Where 0007 threw days away, its downgrade ends with an error, and 0007 stays recorded."""
    ended = project.populated().upgrade("0007").flask("db", "downgrade")
    ends = f"ended with exit code {ended.exit_code}, at {', '.join(project.version)}"
    assert not ended.ok and project.version == ("0007",), f"Stepping down from 0007 {ends}."


@pytest.mark.needs("test_stepping_down_from_0007_is_refused")
@pytest.mark.misconception("a-failed-command-changes-nothing")
def test_a_refusal_changes_nothing(project):
    """After the refusal, schema and rows are what they were."""
    project.populated().upgrade("0007").must_refuse_to_go_back()


@pytest.mark.guard
@pytest.mark.needs("test_stepping_down_from_0007_is_refused")
@pytest.mark.misconception("any-error-is-a-refusal")
def test_the_refusal_is_no_crash(project):
    """The refusal is one line, with no traceback around it."""
    ended = project.populated().upgrade("0007").copy().flask("db", "downgrade")
    if "Traceback" in ended.stderr:
        project.downgrade("0006")  # fails, and tells of the error and of its line
    assert "Traceback" not in ended.stderr, "The step down from 0007 crashes with a traceback."


@pytest.mark.needs("test_the_refusal_is_no_crash")
@pytest.mark.misconception("a-refusal-explains-itself")
def test_the_refusal_says_what_is_lost(project):
    """The refusal is a sentence that names `bought_on`."""
    ended = project.populated().upgrade("0007").flask("db", "downgrade")
    named = "bought_on" in ended.stderr + ended.stdout
    assert named, f"0007 refuses to be stepped down without naming bought_on:\n  {ended.error_line}"
    sentence = ended.error_line.rpartition("Error: ")[2].split()
    assert len(sentence) > 2, f"0007 names bought_on and does not say why:\n  {ended.error_line}"


@pytest.mark.deep
@pytest.mark.misconception("every-upgrade-can-be-undone")
def test_one_piece_and_thousands_are_refused_alike(project):
    """0007 refuses to go back where one piece of furniture has a year, and where thousands have."""
    for day in "0001-01-01", "0999-12-31", "1899-05-04", "2019-05-04", "2031-05-04":
        project.at().with_rows("furniture", 1, {"bought_on": [day]})
        project.upgrade("0007").must_refuse_to_go_back()
    project.at().with_rows("furniture", 7, {"bought_on": [None]})
    last = "room_id = -1 WHERE id = (SELECT max(id) FROM furniture)"  # its room is gone
    off = "PRAGMA foreign_keys = OFF; UPDATE furniture SET bought_on = '1931-05-04'"
    project.drift(f"{off}, {last}").upgrade("0007").must_refuse_to_go_back()
    project.big().upgrade("0007").must_refuse_to_go_back()


@pytest.mark.deep
@pytest.mark.guard
@pytest.mark.misconception("every-upgrade-can-be-undone")
def test_where_no_year_is_there_0007_refuses_or_leads_back(project):
    """With no year to lose, the way back from 0007 refuses, or brings back what was at 0006."""
    project.populated().drift("UPDATE furniture SET bought_on = NULL")
    before = project.upgrade("0006").snapshot()
    project.upgrade("0007").flask("db", "downgrade")
    if project.version == ("0006",):
        refuse_changes(project, before, "After stepping down from 0007 with no year to lose")


@pytest.mark.deep
@pytest.mark.misconception("rows-may-go-so-that-the-downgrade-fits")
def test_what_was_written_at_0006_stays_on_the_way_back(project):
    """What people write at 0006 is there at 0005, and NULL sizes of new rooms are `unknown`."""
    begun = project.big().snapshot()
    given = project.upgrade("0006").copy()
    life, given.answer = project.life(begun), project.solution
    wanted = given.lived(life).downgrade("0005").snapshot()
    project.lived(life).downgrade("0005").must_keep(wanted)
