"""Grades "A version table of your own": two apps in one database, and three copies of it."""

import contextlib

import pytest

#: What goes wrong past the revisions, and what `flask db check` says of it.
DRIFT = (
    ("CREATE INDEX by_colour ON room (colour)", "by_colour"),
    ("ALTER TABLE furniture ADD COLUMN mark TEXT", "furniture.mark"),
    ("ALTER TABLE inspection DROP COLUMN note", ""),
    ("ALTER TABLE inspection ADD COLUMN note INTEGER", "inspection.note"),
)


@pytest.mark.guard
@pytest.mark.misconception("the-version-table-is-mine-alone")
def test_the_doorbell_keeps_its_tables(project):
    """On every copy, the doorbell's revision and its log stay as they were."""
    for copy in "production", "laptop", "new-house":
        start = project.deployment(copy).snapshot()
        with contextlib.suppress(AssertionError):  # a command that fails is told of below
            project.repair(copy).upgrade()
        for table in "alembic_version", "visitor_log":
            was, now = start.rows[table].rows, project.rows(table).rows
            assert now == was, f"On {copy}, {table} held {was[0]}. Now it holds {[*now]}."
            same = project.schema[table] == start.schema[table]
            assert same, f"On {copy}, {table} has other columns or rules than it had."


@pytest.mark.misconception("apps-share-a-version-table")
def test_a_new_house_keeps_hearths_revision_in_hearth_version(project):
    """In a new house, `flask db upgrade` alone makes Hearth's tables, and hearth_version."""
    project.deployment("new-house").flask("db", "upgrade")
    for name, table in project.schema.tables.items():
        astray = name != "alembic_version" and "version_num" in table.columns
        assert not astray, f"On new-house, Hearth's revision is in {name}, not in hearth_version."
    project.deployment("new-house").upgrade().must_be_in_order()


@pytest.mark.needs("test_a_new_house_keeps_hearths_revision_in_hearth_version")
@pytest.mark.misconception("a-new-version-table-knows-the-past")
def test_production_is_at_the_head(project):
    """After your repair.txt, production's hearth_version names the head, and that is true."""
    project.repair("production").must_be_in_order()


@pytest.mark.needs("test_production_is_at_the_head")
@pytest.mark.misconception("one-repair-fixes-every-copy")
def test_the_laptop_is_at_the_head_and_has_its_index(project):
    """After your repair.txt, the laptop's hearth_version names the head, and that is true."""
    has = project.repair("laptop").must_be_at_head().schema["furniture"].indexes
    assert has, "The laptop's hearth_version names 0005, and furniture has no index on room_id."
    project.must_be_in_order()


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
    """On no copy does `flask db check` ask for the removal of the doorbell's tables."""
    for copy in "production", "laptop", "new-house":
        there = project.deployment(copy) if copy == "new-house" else project.repair(copy)
        # In the order of the alphabet: Alembic's own changes from run to run.
        detected = sorted(there.upgrade().detected())
        removed = [each for each in detected if "removed" in each]
        assert not detected, f"On {copy}, `flask db check` says:\n{(removed or detected)[0]}"


@pytest.mark.guard
@pytest.mark.needs("test_flask_db_check_leaves_the_doorbell_alone")
@pytest.mark.misconception("a-clean-check-has-compared")
def test_flask_db_check_still_sees_hearths_own_tables(project):
    """Where a table of Hearth's own has drifted, `flask db check` says so."""
    script = ";".join(sql for sql, _ in DRIFT)
    detected = "".join(project.repair("production").drift(script).detected())
    for sql, name in DRIFT:
        assert name in detected, f"`flask db check` does not see what this has done:\n{sql}"


@pytest.mark.guard
@pytest.mark.misconception("a-line-moved-is-not-a-line-less")
def test_hearth_says_and_writes_what_it_did(project):
    """The app says to run `flask db upgrade`; the next revision can change a type."""
    hint = project.empty().flask("furnish").error_line
    assert "flask db upgrade" in hint, f"Without tables, `flask furnish` says: {hint}"
    start = project.empty().upgrade().snapshot()
    project.drift(";".join(sql for sql, _ in DRIFT))
    ended = project.flask_in_turn("flask db migrate", "flask db upgrade")
    wrong = project.differences(start.schema, project.schema)
    assert not wrong, f"Tables had drifted; what `flask db migrate` writes: {ended.error_line}"
