"""Grades "A foreign key, promised and proved": by the rows, and by what is read under a lock."""

import pytest

GONE = "(SELECT max(id) FROM furniture) + 1"


def with_loans(project):
    """Pieces with several loans, and loans without one; returns the same house, solved."""
    project.populated().drift(
        "INSERT INTO loan (furniture_id, borrower, lent_on) SELECT id, 'The Hague', '2024-05-01' "
        "FROM furniture;"
        "INSERT INTO loan (furniture_id, borrower, lent_on) VALUES (NULL, 'Turin', '2023-05-01');"
        # More than whoever changes some rows at a time changes in one go.
        f"INSERT INTO loan (furniture_id, borrower, lent_on) SELECT {GONE}, 'Bern', '2022-05-01' "
        "FROM generate_series(1, 2500);"
    )
    return project.copy().solved()


@pytest.mark.guard
@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_nobody_waits_long_for_the_upgrade(project):
    """No statement reads all rows of a table while its readers or writers wait."""
    project.copy().populated().must_keep_nobody_waiting_long()


@pytest.mark.misconception("a-promise-waits-for-the-old-rows")
def test_the_promise_holds_for_what_is_new(project):
    """At 0010, a loan of a piece that is not there is refused, and no old loan is touched."""
    solved = with_loans(project).upgrade("0010")
    project.upgrade("0010").must_hold(solved.snapshot())
    for sentence in project.differences(solved.schema, project.schema):
        raise AssertionError(f"At 0010, {sentence}.")


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-row-that-breaks-a-rule-may-go")
def test_each_loan_is_remembered(project):
    """Whose piece is gone names no piece now; nothing else in any table is another."""
    solved = with_loans(project)
    project.upgrade().must_hold(solved.upgrade().snapshot())


@pytest.mark.guard
@pytest.mark.needs("test_a_database_with_rows_reaches_head")
@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_nobody_waits_long_for_the_downgrade(project):
    """No statement of the downgrade reads all rows while readers or writers wait."""
    project.populated().upgrade().must_keep_nobody_waiting_long("downgrade")
