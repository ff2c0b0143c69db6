"""Grades "Your first model"."""

import pytest


@pytest.mark.misconception("making-tables-begins-with-dropping-them")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_a_furnished_house_gets_the_table_and_loses_nothing(project):
    """`flask init-db` gives the table to a house with furniture in it, and no row is lost."""
    before = {t: project.populated().rows(t, "name") for t in ("room", "furniture")}
    for _ in "first run", "second run":
        project.flask("init-db")
        assert "lamp" in project.schema, (
            "An empty database gets the table lamp from `flask init-db`, "
            "and one with rooms and furniture in it does not."
        )
        for table, names in before.items():
            assert project.rows(table, "name") == names
