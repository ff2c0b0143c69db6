"""Grades "Text becomes a number, or nothing changes"."""

import pytest

WORDS = "about 400", "priceless", "1200 EUR", "unknown"
SIGNS = "", " 15", "15 ", "15\n", "+5", "015", "-0", "-", "1_000", "12.0", "1e3", "٣", "NULL"
SIGNS += "2147483648", "-2147483649"
needs = pytest.mark.needs("test_a_word_stops_the_upgrade")


def with_text(project, text):
    """The last piece of furniture has `text` for its value; returns its id."""
    last = max(row["id"] for row in project.rows("furniture"))
    project.drift(f"UPDATE furniture SET value = '{text}' WHERE id = {last}")
    return last


def refused(project, text):
    """How `flask db upgrade` ends with `text` among the values; refuses where it goes on."""
    last = with_text(project, text)
    ended = project.flask("db", "upgrade")
    if ended.ok:
        now = [row.get("value") for row in project.rows("furniture") if row["id"] == last]
        became = f"is {now[0]!r} now" if now else "is gone with its row"
        raise AssertionError(f"`flask db upgrade` went on, and the value {text!r} {became}.")
    at = ", ".join(project.version) or "no revision"
    assert at == "0008", (
        f"`flask db upgrade` was refused, and the database is at {at}, not at 0008."
    )
    return last, ended


@pytest.mark.misconception("a-database-refuses-what-does-not-fit")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_a_word_stops_the_upgrade(project):
    """Where a value is no number, `flask db upgrade` ends with an error and stays at 0008."""
    for text in WORDS:
        refused(project.populated(), text)
    refused(project.big(), "priceless")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-failed-command-changes-nothing")
def test_a_refusal_changes_nothing(project):
    """After the refusal, schema, rows and revision are what they were."""
    with_text(project.populated(), "priceless")
    before = project.snapshot()
    project.flask("db", "upgrade")
    for sentence in project.differences(before.schema, project.schema, "names", "defaults"):
        raise AssertionError(f"After the upgrade was refused, {sentence}.")
    project.must_keep(before)


@needs
@pytest.mark.misconception("any-error-is-a-refusal")
def test_the_refusal_is_a_sentence(project):
    """The refusal is one line, with no traceback, and names the id of a row that is in the way."""
    last, ended = refused(project.populated(), "priceless")
    assert "Traceback" not in ended.stderr, f"The upgrade crashes: {ended.error_line}"
    line = ended.error_line
    assert str(last) in line, f"Row {last} is in the way, and this line does not say so: {line}"


@needs
@pytest.mark.deep
@pytest.mark.misconception("what-converts-is-a-number")
def test_whatever_is_no_number_stops_the_upgrade(project):
    """Any other text stops it too: blanks, signs, zeros in front, what 32 bits do not hold."""
    for text in SIGNS:
        refused(project.populated(), text)


@needs
@pytest.mark.misconception("a-refusal-is-the-end")
def test_once_the_row_is_corrected_the_upgrade_goes_through(project):
    """When somebody has corrected the row, the same upgrade goes through."""
    last = with_text(project.populated().on_one_machine(), "priceless")
    project.flask("db", "upgrade")
    project.flask("db", "upgrade")
    project.drift(f"UPDATE furniture SET value = '400' WHERE id = {last}").upgrade()
    values = {row["id"]: row["value"] for row in project.rows("furniture")}
    assert values.get(last) == 400, f"Corrected to 400, the value is {values.get(last)!r} now."


@pytest.mark.misconception("no-value-is-no-mistake")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_every_number_is_the_one_that_was_written(project):
    """Each value is the number that was written, and where there was none, there is none."""
    project.populated().with_rows("furniture", 5, {"value": [None]})
    wanted = project.copy().solved().upgrade().snapshot()
    project.upgrade().must_hold(wanted)
