"""Grades "Your first model"."""

import pytest


@pytest.mark.misconception("making-tables-begins-with-dropping-them")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_a_furnished_house_gets_the_table_and_loses_nothing(project):
    """`flask init-db` gives the table to a house with furniture in it, and no row is lost."""
    before = project.populated().snapshot()
    for _ in "first run", "second run":
        project.flask("init-db")
        assert "lamp" in project.schema, (
            "An empty database gets the table lamp from `flask init-db`, "
            "and one with rooms and furniture in it does not."
        )
        project.must_keep(before)
        for sentence in project.differs_from_goal():
            raise AssertionError(f"In a furnished house, {sentence}.")


@pytest.mark.guard
@pytest.mark.misconception("a-new-table-needs-a-first-row")
@pytest.mark.needs("test_a_furnished_house_gets_the_table_and_loses_nothing")
def test_no_lamp_is_there_before_somebody_writes_one(project):
    """The new table is empty, after `flask init-db` and after the app has started."""
    for begun in project.copy().empty(), project.copy().big(), project.populated():
        before = begun.snapshot()
        begun.must("flask", "init-db")
        begun.must("flask", "routes")
        lamps = begun.rows("lamp")
        assert not lamps, f"Nobody has written a lamp yet, and there is {lamps[0]['name']!r}."
        begun.must_keep(before)
    project.drift("INSERT INTO lamp (name, room_id) SELECT name, id FROM room").with_rows("lamp")
    lit = project.snapshot()
    project.must("flask", "init-db")
    project.must_keep(lit)
