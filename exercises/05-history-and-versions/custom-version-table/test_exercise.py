"""Grades "A version table of your own": two apps in one database, and three copies of it."""

import contextlib

import pytest


@pytest.mark.guard
@pytest.mark.misconception("the-version-table-is-mine-alone")
def test_the_doorbell_keeps_its_tables(project):
    """On every copy, the doorbell's revision and its log stay as they were."""
    for copy in "production", "laptop", "new-house":
        before = project.deployment(copy).snapshot().rows
        with contextlib.suppress(AssertionError):  # a command that fails is told of below
            project.repair(copy).upgrade()
        for table in "alembic_version", "visitor_log":
            was, now = before[table].rows, project.rows(table).rows
            assert now == was, f"On {copy}, {table} held {was[0]}. Now it holds {[*now]}."


@pytest.mark.misconception("apps-share-a-version-table")
def test_a_new_house_keeps_hearths_revision_in_hearth_version(project):
    """In a new house, `flask db upgrade` alone makes Hearth's tables, and hearth_version."""
    project.deployment("new-house").flask("db", "upgrade")
    for name, table in project.schema.tables.items():
        astray = name != "alembic_version" and "version_num" in table.columns
        assert not astray, f"On new-house, Hearth's revision is in {name}, not in hearth_version."
    project.deployment("new-house").upgrade()


@pytest.mark.needs("test_a_new_house_keeps_hearths_revision_in_hearth_version")
@pytest.mark.misconception("a-new-version-table-knows-the-past")
def test_production_is_at_the_head(project):
    """After your repair.txt, production's hearth_version names the head."""
    project.repair("production").must_be_at_head()


@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("one-repair-fixes-every-copy")
def test_the_laptop_is_at_the_head_and_has_its_index(project):
    """After your repair.txt, the laptop's hearth_version names the head, and that is true."""
    has = project.repair("laptop").must_be_at_head().schema["furniture"].indexes
    assert has, "The laptop's hearth_version names 0005, and furniture has no index on room_id."


@pytest.mark.guard
@pytest.mark.needs("test_the_laptop_is_at_the_head_and_has_its_index")
@pytest.mark.misconception("down-and-up-changes-nothing")
def test_no_row_of_either_copy_is_lost(project):
    """No row of either copy is lost, and no value in it."""
    for copy in "production", "laptop":
        before = project.deployment(copy).snapshot()
        project.repair(copy).must_keep(before)


@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("what-has-no-model-was-removed")
def test_flask_db_check_leaves_the_doorbell_alone(project):
    """On production, `flask db check` does not ask for the removal of the doorbell's tables."""
    # In the order of the alphabet: Alembic's own changes from run to run.
    detected = sorted(project.repair("production").detected())
    removed = [each for each in detected if "removed" in each]
    assert not detected, f"On production, `flask db check` says:\n{(removed or detected)[0]}"
