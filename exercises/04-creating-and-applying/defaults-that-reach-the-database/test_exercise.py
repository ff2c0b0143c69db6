"""Grades "Defaults that reach the database"."""

import pytest


@pytest.mark.misconception("two-defaults-are-one")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_a_new_piece_is_not_fragile_whoever_writes_it(project):
    """A new piece of furniture is not fragile, whether SQL or the app writes it."""
    for command in (["deliver"], ["add-furniture", "Coal scuttle"]):
        known = project.populated().upgrade().rows("furniture", "fragile").by_key
        project.must("flask", *command)
        for key, value in project.rows("furniture", "fragile").by_key.items():
            holds = f"After `flask {command[0]}`, the new furniture row {key[0]} holds {value!r}"
            assert key in known or value == 0, f"{holds} in fragile."
