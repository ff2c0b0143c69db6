"""What lesson 2's questions claim, on the pinned versions."""

import shutil

import pytest

ADD_COLOUR = "ALTER TABLE room ADD COLUMN colour VARCHAR(30)"


@pytest.fixture
def hearth(copy_of):
    """Lesson 2's app on a database as lesson 1 left it, with rows and without the colour."""
    made = copy_of("02")
    assert made.flask("init-db").ok
    assert made.flask("furnish").ok
    made.sql("ALTER TABLE room DROP COLUMN colour")
    return made


def test_a_column_typed_into_one_database_is_in_no_other(hearth):
    laptop, owners = (hearth.folder / "instance" / name for name in ("hearth.db", "owners.db"))
    shutil.copy(laptop, owners)
    hearth.sql(ADD_COLOUR)
    assert hearth.page("/") == 200
    hearth.use(f"sqlite:///{owners}")  # the same code, on the owner's database
    assert hearth.page("/") == 503  # Hearth's answer to "no such column: room.colour"


def test_a_query_names_every_column_of_the_model(hearth):
    rooms = hearth.shell("db.session.scalars(db.select(Room)).all()")
    assert "no such column: room.colour" in rooms.stderr
    names = hearth.shell("print(len(db.session.scalars(db.select(Room.name)).all()))")
    assert names.stdout == "5\n"


def test_new_tables_hold_the_example_and_not_the_house(hearth):
    hearth.sql("UPDATE furniture SET room_id = 5 WHERE name = 'Green sofa'")
    hearth.shell("db.drop_all()", "db.create_all()")
    assert hearth.sql("SELECT count(*) FROM furniture") == [(0,)]
    assert hearth.flask("furnish").ok
    assert hearth.page("/") == 200
    assert hearth.sql("SELECT room_id FROM furniture WHERE name = 'Green sofa'") == [(2,)]


def test_adding_a_column_writes_no_row(hearth):
    (before,) = hearth.sql("SELECT sql FROM sqlite_master WHERE name = 'room'")
    hearth.sql(ADD_COLOUR)
    (after,) = hearth.sql("SELECT sql FROM sqlite_master WHERE name = 'room'")
    assert after[0].replace(", colour VARCHAR(30)", "") == before[0]
    assert set(hearth.sql("SELECT colour FROM room")) == {(None,)}


def test_a_new_house_has_the_column_and_no_record_of_it(copy_of):
    new = copy_of("02")
    assert new.flask("init-db").ok
    assert "duplicate column name: colour" in new.flask("apply-sql").stderr
    assert new.page("/") == 200


def test_of_two_files_with_one_number_the_later_is_skipped(hearth):
    files, owners = hearth.folder / "hearth" / "sql", hearth.folder / "instance" / "owners.db"
    assert hearth.flask("apply-sql").ok
    shutil.copy(hearth.folder / "instance" / "hearth.db", owners)  # both are at 1
    (files / "02_add_floor.sql").write_text("ALTER TABLE room ADD COLUMN floor INTEGER;")
    assert "02_add_floor.sql" in hearth.flask("apply-sql").stdout
    (files / "02_add_height.sql").write_text("ALTER TABLE room ADD COLUMN height INTEGER;")
    assert hearth.flask("apply-sql").stdout == ""
    assert "height" not in hearth.columns("room")
    hearth.use(f"sqlite:///{owners}")
    assert hearth.flask("apply-sql").ok
    assert {"floor", "height"} < hearth.columns("room")
