"""Grades "Write the downgrade"."""

import pytest


@pytest.mark.misconception("nobody-runs-the-downgrade")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_what_the_upgrade_made_is_gone(project):
    """After the downgrade, what the upgrade made is gone."""
    schema = project.populated().upgrade().downgrade("0005").schema
    furniture = schema.tables.get("furniture")
    assert furniture, "Back at 0005, there is no table furniture."
    assert "shop" not in schema, "Back at 0005, there is still a table shop."
    assert "shop_id" not in furniture.columns, "Back at 0005, furniture has shop_id."


@pytest.mark.misconception("a-downgrade-only-drops")
@pytest.mark.needs("test_what_the_upgrade_made_is_gone")
def test_what_the_upgrade_changed_is_as_it_was(project):
    """After the downgrade, what the upgrade dropped or changed is as it was."""
    indexes = project.populated().upgrade().downgrade("0005").schema["furniture"].indexes
    found = ", ".join(sorted(str(index) for index in indexes)) or "none"
    assert found == "(room_id)", f"Back at 0005, furniture has as indexes: {found}, not (room_id)."
    size = project.column("room", "size")
    assert size.type == "VARCHAR(20)", f"Back at 0005, room.size is {size.type}, not VARCHAR(20)."
    assert not size.nullable, "Back at 0005, room.size may be NULL; it was NOT NULL."
    assert size.default is None, f"Back at 0005, room.size has the server default {size.default}."


@pytest.mark.misconception("an-update-needs-no-way-back")
@pytest.mark.needs("test_what_the_upgrade_made_is_gone")
def test_an_unknown_size_is_the_word_again(project):
    """An unknown size is NULL after the upgrade, and the word again after the downgrade."""
    before = project.populated().rows("room", "size")
    left = project.upgrade().rows("room").where(size="unknown")
    assert not left, f"After the upgrade, room {left[0]['id']} still has the size 'unknown'."
    assert project.downgrade("0005").rows("room", "size") == before


@pytest.mark.misconception("a-name-does-not-matter")
@pytest.mark.needs("test_what_the_upgrade_changed_is_as_it_was")
def test_index_and_constraints_have_their_names(project):
    """Back at 0005, index and constraints have the names that they had."""
    before = project.at("0005").schema.tables
    after = project.populated().upgrade().downgrade("0005").schema
    for table, then in before.items():
        now = after[table].names
        gone, new = (", ".join(sorted(names)) for names in (then.names - now, now - then.names))
        found = f"Back at 0005, {table} has nothing called {gone or '(all are there)'}"
        assert then.names == now, f"{found}; called otherwise or new: {new or 'nothing'}."


@pytest.mark.guard
@pytest.mark.misconception("rows-may-go-so-that-the-downgrade-fits")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_furniture_written_since_stays(project):
    """Furniture that was bought in a shop since the upgrade is still there after the downgrade."""
    project.at("0005").upgrade().with_rows("furniture")
    before = project.rows("furniture", "name")
    assert project.downgrade("0005").rows("furniture", "name") == before
