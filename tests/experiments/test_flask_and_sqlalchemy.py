"""What lesson 1's questions claim, on the pinned versions."""

import sqlite3

import pytest


@pytest.fixture
def hearth(copy_of):
    """Lesson 1's app with rows in it; nothing but create_all made its tables."""
    made = copy_of("01")
    assert made.flask("init-db").ok
    assert made.flask("furnish").ok
    return made


def test_a_line_in_the_model_leaves_the_table_alone(hearth):
    name = "    name: Mapped[str] = mapped_column(String(80))\n\n    furniture"
    hearth.edit("hearth/models.py", name, f"    colour: Mapped[str | None]\n{name}")
    assert hearth.page("/") == 503  # Hearth's answer to "no such column: room.colour"
    assert hearth.columns("room") == {"id", "name"}


def test_a_key_is_given_when_the_row_is_written(hearth):
    added = 'hall = Room(name="Hall"); db.session.add(hall)'
    assert hearth.shell(added, "print(hall.id)").stdout == "None\n"
    assert hearth.shell(added, "db.session.commit()", "print(hall.id)").stdout == "6\n"


def test_what_is_not_committed_is_gone_with_its_session(hearth):
    added = 'db.session.add(Room(name="Cellar"))'
    seen = 'print(db.session.scalar(db.select(Room.name).where(Room.name == "Cellar")))'
    assert hearth.shell(added, seen).stdout == "Cellar\n"
    assert hearth.sql("SELECT * FROM room WHERE name = 'Cellar'") == []


def test_the_database_refuses_whoever_asks(hearth):
    second = hearth.shell('db.session.add(Room(name="Kitchen"))', "db.session.commit()")
    assert "UNIQUE constraint failed: room.name" in second.stderr
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        hearth.sql("INSERT INTO room (name) VALUES ('Kitchen')")


def test_one_refused_row_takes_the_others_of_its_commit_along(hearth):
    hearth.shell(
        'db.session.add(Room(name="Pantry"))',
        'db.session.add(Room(name="Kitchen"))',
        "db.session.commit()",
    )
    assert hearth.sql("SELECT count(*) FROM room") == [(5,)]


def test_create_all_makes_what_is_missing_and_changes_nothing(hearth):
    hearth.sql("DROP TABLE furniture")
    name = "    name: Mapped[str] = mapped_column(String(80))\n\n    furniture"
    hearth.edit("hearth/models.py", name, f"    colour: Mapped[str | None]\n{name}")
    assert hearth.flask("init-db").ok
    assert hearth.columns("furniture") == {"id", "name", "room_id"}
    assert hearth.columns("room") == {"id", "name"}


def test_a_relationship_is_no_column(hearth):
    assert hearth.columns("room") == {"id", "name"}
    counted = "print(len(db.session.get(Room, 1).furniture))"
    assert hearth.shell(counted).stdout == "3\n"
