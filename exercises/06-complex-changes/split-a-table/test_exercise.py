"""Grades "Split a table in two"."""

import pytest


def split(project):
    """The loans before the upgrade, with the pair of each; the loans and borrowers after it."""
    before = project.populated().rows("loan")
    pairs = {row["id"]: (row["borrower"], row["phone"]) for row in before}
    project.upgrade()
    return pairs, project.rows("loan"), {row["id"]: row for row in project.rows("borrower")}


@pytest.mark.misconception("equal-finds-null")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_every_loan_finds_its_borrower(project):
    """Every loan points at the name and the phone that stood in it, or at nobody."""
    pairs, loans, borrowers = split(project)
    for loan in loans:
        name, phone = pair = pairs[loan["id"]]
        number = loan["borrower_id"]
        had = f"Loan {loan['id']} had the borrower {name!r} and the phone {phone!r}. Now it "
        if pair == (None, None):
            assert number is None, f"{had}points at borrower {number}, and should at nobody."
            continue
        assert number in borrowers, f"{had}points at {number or 'nobody'}."
        row = borrowers[number]
        now = (row["name"], row["phone"])
        assert now == pair, f"{had}points at {now[0]!r} with the phone {now[1]!r}."


@pytest.mark.misconception("a-new-table-holds-each-thing-once")
@pytest.mark.needs("test_every_loan_finds_its_borrower")
def test_each_borrower_is_there_once(project):
    """Each name with each phone is one borrower, under the smallest id of its loans."""
    pairs, _, borrowers = split(project)
    first = {}
    for number, pair in sorted(pairs.items()):
        first.setdefault(pair, number)
    first.pop((None, None), None)
    for number, row in borrowers.items():
        pair = row["name"], row["phone"]
        assert pair in first, f"Borrower {number}, {pair[0]!r} with {pair[1]!r}, has no loan."
        wanted = first[pair]
        assert number == wanted, f"{pair[0]!r} with {pair[1]!r} is {number}, and not {wanted}."
