"""Grades "Triage the linters": verdicts that a run decides, and the revision repaired."""

import pytest

COLUMNS = ("linter", "rule", "line", "verdict")
#: What stands on the line that a finding names, as PostgreSQL is told it.
ON_LINE = {
    "8": "ADD CONSTRAINT ck_inspection_inspector_has_a_name",
    "20": "CREATE INDEX ix_furniture_owner",
    "23": "ADD CONSTRAINT ck_inspection_inspector_has_a_name",
    "27": "ADD CONSTRAINT owner_is_known",
    "32": "ALTER COLUMN owner SET NOT NULL",
    "35": "CREATE INDEX ix_furniture_owner",
    "40": "DROP INDEX ix_furniture_owner",
}


def verdicts(project):
    """The line of each finding that was given, with the learner's verdict where there is one."""
    lines = {line.words[:3]: line for line in project.filled_in("triage.txt", *COLUMNS)}
    given = project.copy().as_given().filled_in("triage.txt", *COLUMNS)
    return [lines.get(each.words[:3], each) for each in given]


def ran(project):
    """Each statement of the draft's upgrade and downgrade, as a run of it shows it."""
    draft = project.copy().as_given().populated()
    return [*draft.locks(), *draft.upgrade().locks("downgrade")]


@pytest.mark.misconception("a-linter-has-seen-it")
def test_every_verdict_is_what_a_run_shows(project):
    """Each finding in your triage.txt is `true` where it happens in a run, and else `false`."""
    statements = ran(project)
    for line in verdicts(project)[:-1]:
        (each,) = (each for each in statements if ON_LINE[line.words[2]] in each.statement)
        happens = bool(each.waited_for and (each.read or each.copied))
        if line.words[3] not in ("true", "false"):
            what = "{}, {}, line {}, ".format(*line.words)
            raise line.refused(f"{what}has no verdict yet: true or false.")
        if (line.words[3] == "true") != happens:
            does = "reads all rows, and somebody waits" if happens else "reads no row"
            belief = "a-linter-is-noise" if happens else None
            told = f"In a run of the draft, this statement {does}:", f"  {each.statement}"
            raise line.refused(*told, misconception=belief)


@pytest.mark.needs("test_every_verdict_is_what_a_run_shows")
@pytest.mark.misconception("green-linters-are-a-review")
def test_what_all_of_them_missed_is_found(project):
    """Your triage.txt names the column in which the draft loses values that somebody wrote."""
    before = project.copy().as_given().populated()
    after = before.copy().upgrade()
    line = verdicts(project)[-1]
    table, _, column = line.words[3].partition(".")
    if table not in before.schema or column not in before.schema[table].columns:
        raise line.refused(f"This should be table.column, as at 0008: {line.words[3]}")
    was = before.rows(table, column).by_key
    now = after.rows(table, column).by_key
    if all(value is None or now.get(key) == value for key, value in was.items()):
        raise line.refused(f"In a run of the draft, {line.words[3]} keeps every value.")


@pytest.mark.guard
@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_nobody_waits_long_for_the_upgrade(project):
    """No statement of your upgrade reads all rows of a table while readers or writers wait."""
    project.populated().must_keep_nobody_waiting_long()


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-backfill-may-write-over")
def test_only_pieces_without_an_owner_go_to_the_museum(project):
    """What had no owner belongs to the museum; nothing else in any table is another."""
    wanted = project.populated().copy().solved().upgrade().snapshot()
    project.upgrade().must_hold(wanted)
