"""Grades "NOT NULL, and nobody waits for it": by what is read while a lock is held."""

import pytest

OWNERS = ("NULL", "''", "' '", "'museum'", "'The museum'", "'nobody'")
#: More than whoever fills some rows at a time fills in one go.
MANY = (
    "INSERT INTO furniture (name, room_id) SELECT 'stool', (SELECT min(id) FROM room) "
    "FROM generate_series(1, 2500);"
)


def with_owners(project):
    """Some pieces have an owner that is nearly none; returns the same house with the solution."""
    rows = [row["id"] for row in project.populated().rows("furniture")][-len(OWNERS) :]
    assert len(rows) == len(OWNERS)
    project.drift(
        "".join(
            f"UPDATE furniture SET owner = {owner} WHERE id = {number};"
            for number, owner in zip(rows, OWNERS, strict=True)
        )
    )
    return project.copy().solved()


@pytest.mark.guard
@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_nobody_waits_long_for_the_upgrade(project):
    """No statement of the upgrade reads all rows while readers or writers wait."""
    project.copy().populated().must_keep_nobody_waiting_long()


@pytest.mark.guard
@pytest.mark.misconception("a-revision-runs-to-its-end")
def test_production_reaches_the_head(project):
    """Where a first try has left a rule that nobody has proved, the upgrade does the rest."""
    production = project.deployment("production")
    production.must_keep_nobody_waiting_long()
    production.upgrade().must_be_in_order()


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("nothing-is-empty-text")
def test_only_pieces_without_an_owner_go_to_the_museum(project):
    """What had no owner belongs to the museum now; nothing else in any table is another."""
    solved = with_owners(project)
    project.upgrade().must_hold(solved.upgrade().snapshot())


@pytest.mark.guard
@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-limit-reaches-the-last-row")
def test_however_many_have_no_owner(project):
    """Where thousands of pieces have no owner, the upgrade gives one to each."""
    project.populated().drift(MANY).upgrade()


@pytest.mark.guard
@pytest.mark.needs("test_a_database_with_rows_reaches_head")
@pytest.mark.misconception("a-lock-is-as-short-as-its-statement")
def test_nobody_waits_long_for_the_downgrade(project):
    """No statement of the downgrade reads all rows while readers or writers wait."""
    project.populated().upgrade().must_keep_nobody_waiting_long("downgrade")


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_what_belongs_to_the_museum_has_no_owner_again(project):
    """After the downgrade, a piece of the museum has no owner; every other keeps its own."""
    solved = with_owners(project)
    for each in (project.upgrade(), solved.upgrade()):
        each.drift("UPDATE furniture SET owner = 'the museum', value = '15' WHERE owner = 'museum'")
    project.downgrade("0008").must_hold(solved.downgrade("0008").snapshot())
