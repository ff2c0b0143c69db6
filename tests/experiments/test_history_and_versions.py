"""What lesson 5's questions claim, on the pinned versions."""


def test_the_files_hold_the_history_and_the_database_a_bookmark(copy_of):
    house = copy_of("05")
    assert house.flask("db", "history").stdout.count("->") == 8  # there is no database yet
    house.flask("db", "upgrade")
    assert house.sql("SELECT * FROM alembic_version") == [("0008",)]


def test_a_round_trip_brings_back_the_column_and_not_its_values(copy_of):
    house = copy_of("04")
    house.flask("db", "upgrade")
    house.flask("furnish")
    assert ("4x3",) in house.sql("SELECT size FROM room")
    assert house.flask("db", "downgrade", "0003").ok
    assert house.flask("db", "upgrade").ok
    assert set(house.sql("SELECT size FROM room")) == {("unknown",)}


def test_a_stamp_runs_nothing_and_upgrade_believes_it(copy_of):
    house = copy_of("04")
    house.flask("db", "upgrade", "0003")
    house.flask("db", "stamp", "head")
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT * FROM alembic_version") == [("0005",)]
    assert "size" not in house.columns("room")
    assert house.page("/") == 503  # Hearth's answer to "no such column: room.size"


def test_two_ways_lead_down_from_a_merge(copy_of):
    house = copy_of("05")
    house.flask("db", "upgrade")
    assert "Ambiguous walk" in house.flask("db", "downgrade").stderr
    assert house.sql("SELECT * FROM alembic_version") == [("0008",)]
    assert house.flask("db", "downgrade", "0005").ok
    assert not {"floor"} & house.columns("room")


def test_a_deleted_file_stops_what_asks_the_database(copy_of):
    house = copy_of("05")
    house.flask("db", "upgrade", "0006")
    house.remove("migrations/versions/0008_merge_floors_and_values.py")
    house.remove("migrations/versions/0006_floors.py")
    for command in ("upgrade", "current", "downgrade"):
        said = house.flask("db", command).stderr
        assert "Can't locate revision identified by '0006'" in said
    assert house.flask("db", "history").ok


def test_a_draft_that_no_database_has_can_go(copy_of):
    house = copy_of("05")
    house.flask("db", "upgrade", "0005")
    for name in ("0008_merge_floors_and_values", "0007_values", "0006_floors"):
        house.remove(f"migrations/versions/{name}.py")
    assert house.flask("db", "upgrade").ok
    assert "0005 (head)" in house.flask("db", "current").stdout


def test_a_draft_moved_after_it_was_applied_hides_another(copy_of):
    house = copy_of("05")
    house.flask("db", "upgrade", "0007")
    house.remove("migrations/versions/0008_merge_floors_and_values.py")
    house.edit("migrations/versions/0007_values.py", "ion = '0005'", "ion = '0006'")
    assert house.flask("db", "upgrade").ok
    assert "0007 (head)" in house.flask("db", "current").stdout
    assert "floor" not in house.columns("room")


def test_migrate_hands_on_a_misspelt_option_and_nobody_complains(copy_of):
    house = copy_of("05")
    house.edit("hearth/database.py", "Migrate()", 'Migrate(version_table_name="hearth_version")')
    assert house.flask("db", "upgrade").ok
    assert house.columns("hearth_version") == set()
    assert house.sql("SELECT * FROM alembic_version") == [("0008",)]


def test_a_squash_keeps_the_id_of_the_head(copy_of):
    """One revision in the place of eight: nothing to do at the head, and new databases fit."""
    house = copy_of("05")
    assert house.flask("db", "upgrade").ok
    assert house.flask("furnish").ok
    before = house.sql("SELECT * FROM furniture")
    for file in (house.folder / "migrations/versions").glob("*.py"):
        file.unlink()
    house.use("sqlite:///empty.db")
    assert house.flask("db", "migrate", "-m", "squashed", "--rev-id", "0008").ok
    assert house.flask("db", "upgrade").ok
    assert house.flask("db", "check").ok
    house.use(None)
    assert "Running upgrade" not in house.flask("db", "upgrade").stderr
    assert house.flask("db", "check").ok
    assert house.sql("SELECT * FROM furniture") == before
