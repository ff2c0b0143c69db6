"""Grades "A required column, and rows that are there already"."""

import pytest


@pytest.mark.misconception("not-null-is-all-that-matters")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_furniture_that_was_there_is_of_unknown_material(project):
    """Every piece of furniture that was there before says 'unknown' for its material."""
    materials = set(project.populated().upgrade().rows("furniture", "material"))
    wrong = sorted(materials - {"unknown"})
    assert not wrong, f"Old furniture must say 'unknown' for its material; it says {wrong[0]!r}."


@pytest.mark.guard
@pytest.mark.misconception("a-default-is-for-the-old-rows")
@pytest.mark.needs("test_furniture_that_was_there_is_of_unknown_material")
def test_a_server_default_that_stays_says_unknown(project):
    """A default that stays, in the database or in the model, says 'unknown' too."""
    default = project.populated().upgrade().column("furniture", "material").default
    assert default in (None, "'unknown'"), (
        f"New furniture that names no material would get {default}: the server default stayed."
    )
    column = project.model_schema()["furniture"].columns.get("material")  # None: others say so
    assert column is None or column.default in (None, "'unknown'"), (
        f"The model's server default is {column.default}. Let it say 'unknown', or leave it out."
    )
    given = project.mapped_attributes().get("furniture.material", {}).get("default")
    assert given in (None, "none", "computed", "'unknown'"), (
        f"The model's default is {given}. Let it say 'unknown', or leave it out."
    )


@pytest.mark.guard
@pytest.mark.misconception("nobody-writes-between-two-revisions")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_a_material_recorded_between_two_revisions_stays(project):
    """A material that somebody records between two of your revisions stays as it is."""
    for revision in project.new_revisions[:-1]:
        project.at().upgrade(revision.id)
        if "material" in project.schema["furniture"].columns:
            values = {"material": ["oak", "", "wicker", "O'Hara's oak"]}
            before = project.with_rows("furniture", values=values).column("material")
            assert project.upgrade().rows("furniture", "material") == before
