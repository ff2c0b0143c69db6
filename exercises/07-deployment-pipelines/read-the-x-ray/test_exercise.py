"""Grades "Read the X-ray": findings that a run of the draft shows, and the draft taken apart."""

import pytest

COLUMNS = ("statement", "table", "held since", "who waits", "read meanwhile")


def seen(project):
    """What a run of the draft shows: by statement and table, the three other words of a line."""
    since, shown = {}, {}
    draft = project.copy().as_given().populated()
    for number, each in enumerate((each for each in draft.locks() if each.waited_for), 1):
        for table, mode in each.waited_for:
            since.setdefault(table, str(number))
            who = "everybody" if mode == "AccessExclusiveLock" else "writers"
            shown[str(number), table] = (since[table], who, ", ".join(each.read) or "nothing")
    return shown


@pytest.mark.guard
@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_every_line_is_so(project):
    """Each line of your findings.txt says what a run of the draft shows."""
    shown = seen(project)
    for line in project.filled_in("findings.txt", *COLUMNS):
        number, table, *words = line.words
        if (number, table) not in shown:
            raise line.refused(f"While statement {number} runs, nobody waits for {table}.")
        for column, word, right in zip(COLUMNS[2:], words, shown[number, table], strict=True):
            what = f"  statement {number}, table {table}, {column}: {word or 'no word'}"
            belief = (
                "every-lock-stops-everybody" if (right, word) == ("writers", "everybody") else None
            )
            if word != right:
                raise line.refused("A run shows something else:", what, misconception=belief)


@pytest.mark.needs("test_every_line_is_so")
@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_every_table_for_which_somebody_waits_is_found(project):
    """Your findings.txt has a line for each table for which somebody waits, at each statement."""
    found = {line.words[:2] for line in project.filled_in("findings.txt", *COLUMNS)}
    missing = sorted(number for number, _ in seen(project).keys() - found)
    assert not missing, f"A line about statement {missing[0]} is missing in findings.txt."


@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_nobody_waits_long_for_the_upgrade(project):
    """No statement of your upgrade reads all rows of a table while readers or writers wait."""
    project.populated().must_keep_nobody_waiting_long()


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-new-column-fills-itself")
@pytest.mark.guard
def test_every_piece_without_a_condition_is_unknown(project):
    """Every piece that was there is `unknown` now; nothing else in any table is another."""
    wanted = project.populated().copy().solved().upgrade().snapshot()
    project.upgrade().must_hold(wanted)
