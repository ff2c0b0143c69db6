"""Grades "Who holds the lock?": by who waits while a letter is on its way."""

import pytest

#: On these, who.sql is judged; and how the command ends where it has done more than look.
EVENINGS, MEDDLES = ("--other", "--busy"), 3
needs = pytest.mark.needs("test_the_letter_is_what_it_was")


def must_be_as_solved(project, *command):
    """The command ends well, and there are the rows that the solution's command leaves."""
    solved = project.populated().copy().solved()
    solved.must("flask", *command)
    ended = project.flask(*command)
    assert ended.ok, f"`flask {' '.join(command)}`: {ended.error_line}"
    project.must_hold(solved.snapshot())
    return solved


@pytest.mark.guard
@pytest.mark.misconception("what-ends-the-wait-is-right")
def test_the_letter_is_what_it_was(project):
    """`flask stocktake` by itself notes each room, and sends a line of each."""
    solved = must_be_as_solved(project, "stocktake")
    wanted = solved.populated().flask("stocktake").stdout
    assert project.populated().flask("stocktake").stdout == wanted, "The letter is another one."


@needs
@pytest.mark.misconception("a-transaction-ends-with-its-last-statement")
def test_nobody_waits_for_the_letter(project):
    """While the letter is on its way, an upgrade gets its lock."""
    must_be_as_solved(project, "evening")


@pytest.mark.guard
@pytest.mark.misconception("who-ends-it-has-found-it")
def test_who_sql_looks_and_no_more(project):
    """`who.sql` ends no session and no statement, and changes nothing."""
    for which in EVENINGS:
        ended = project.populated().flask("evening", which)
        assert ended.exit_code != MEDDLES, f"`flask evening {which}`: {ended.error_line}"


@pytest.mark.needs("test_who_sql_looks_and_no_more")
@pytest.mark.misconception("who-is-idle-is-to-blame")
def test_who_sql_names_the_one_who_holds_the_lock(project):
    """On evenings of other sessions, `who.sql` names the one for whom all wait in the end."""
    for which in EVENINGS:
        must_be_as_solved(project.copy(), "evening", which)
