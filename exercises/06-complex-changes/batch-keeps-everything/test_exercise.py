"""Grades "Rebuild a table and keep everything"."""

import pytest

NEW = "INSERT INTO loan (what, borrower, weeks) VALUES ('Tent', 'Greta', 1)"
CASES = {
    "the last loan": "DELETE FROM loan WHERE id = (SELECT max(id) FROM loan)",
    "every loan": "DELETE FROM loan",
}


def next_number(project):
    """The number that the next loan gets."""
    return max(loan["id"] for loan in project.copy().drift(NEW).rows("loan"))


@pytest.mark.deep
@pytest.mark.guard
@pytest.mark.misconception("a-rebuilt-table-is-the-same-table")
@pytest.mark.needs("test_the_schema_is_the_goal", "test_each_step_down_restores_what_was_there")
def test_no_number_is_given_twice(project):
    """No number is given to a second loan, also where the last loan, or every loan, was deleted."""
    for case, sql in CASES.items():
        begun = project.copy().at().on_one_machine()
        begun.with_rows("loan", 9)
        wanted = next_number(begun.drift(sql))
        for way, target in ("upgrade", "head"), ("downgrade", "0009"):
            number = next_number(getattr(begun, way)(target))
            assert number == wanted, (
                f"Somebody had deleted {case}. After the {way} the next loan gets number {number} "
                f"and not {wanted}: {number} stands on a slip already."
            )
