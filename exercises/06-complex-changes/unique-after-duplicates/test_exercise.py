"""Grades "Unique, where there are duplicates"."""

import pytest

ALIKE = """
INSERT INTO borrower (name, phone) VALUES
('Ada', NULL), ('Ada', ''), ('Ada', '555 0102'), ('Bo', ''), ('Bo', '555 0187'),
('Cy', NULL), ('Cy', NULL), ('Cy', '555 0134'), ('Cy', '555 0102'),
('Di', '555 0199'), ('Di', NULL), ('Di', '555 0100'), ('Ed', NULL), ('Ed', NULL)
"""


def merged(project):
    """The databases of `project` before the upgrade, and the borrowers of each name in order."""
    project.populated().drift(ALIKE)
    project.with_rows("loan", 60)
    before, alike = project.snapshot().rows, {}
    for row in sorted(before["borrower"], key=lambda row: row["id"]):
        alike.setdefault(row["name"], []).append(row)
    return before, alike, project.upgrade().snapshot().rows


@pytest.mark.misconception("any-of-the-twins-will-do")
def test_one_borrower_of_each_name_stays(project):
    """Of the borrowers with one name that with the smallest id is there, and nobody else."""
    _, alike, after = merged(project)
    ids = {row["id"]: row["name"] for row in after["borrower"]}
    for name, rows in alike.items():
        here = [row["id"] for row in rows if row["id"] in ids]
        numbers = ", ".join(str(row["id"]) for row in rows)
        was = f"The name {name!r} had the ids {numbers}. Now it has {here or 'none'}."
        assert here == [rows[0]["id"]], was
        assert ids[here[0]] == name, (
            f"Borrower {here[0]} was called {name!r}: {ids[here[0]]!r} now."
        )
    assert len(ids) == len(alike), "There is a borrower whom nobody wrote."


@pytest.mark.misconception("children-follow-the-twin-that-stays")
@pytest.mark.needs("test_one_borrower_of_each_name_stays")
def test_every_loan_keeps_its_people(project):
    """Every loan is there, with the borrower and the witness who had that name."""
    before, alike, after = merged(project)
    first = {row["id"]: rows[0]["id"] for rows in alike.values() for row in rows}
    loans = {row["id"]: row for row in after["loan"]}
    for loan in before["loan"]:
        number = loan["id"]
        assert number in loans, f"Loan {number} is gone."
        for name, value in loan.items():
            wanted = first.get(value, value) if name.endswith("_id") else value
            now = loans[number][name]
            assert now == wanted, f"{name} of loan {number} was {value!r}: {now!r}, not {wanted!r}."
    assert len(loans) == len(before["loan"]), "There is a loan that nobody wrote."


@pytest.mark.misconception("any-of-the-twins-will-do")
@pytest.mark.needs("test_one_borrower_of_each_name_stays")
def test_a_phone_comes_from_a_duplicate(project):
    """Where the phone of the row that stays was NULL, it is the first of the others' phones."""
    _, alike, after = merged(project)
    phones = {row["id"]: row["phone"] for row in after["borrower"]}
    for name, rows in alike.items():
        numbers = [row["phone"] for row in rows]
        wanted = next((each for each in numbers if each is not None), None)
        now = phones.get(rows[0]["id"])
        assert now == wanted, f"The phones of {name!r} were {numbers}: {now!r}, not {wanted!r}."
