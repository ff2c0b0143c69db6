"""Messages of `flask db upgrade`."""

import sqlite3
from contextlib import closing


def test_upgrade_has_two_heads_to_go_to(house, write):
    write(house, "floors")
    write(house, "values")
    said = house.flask("db", "upgrade").stderr
    assert "Multiple head revisions are present for given argument 'head'" in said
    house.flask("db", "merge", "heads", "--rev-id", "both")
    assert house.flask("db", "upgrade").ok


def test_old_rows_have_no_value_for_a_required_column(house):
    house.add_column("size: Mapped[str]")
    house.flask("db", "migrate", "--rev-id", "0002", "-m", "size")
    assert "Cannot add a NOT NULL column" in house.flask("db", "upgrade").stderr
    file = "migrations/versions/0002_size.py"
    house.edit(file, "nullable=False", 'nullable=False, server_default="unknown"')
    assert house.flask("db", "upgrade").ok


def test_the_tables_are_there_and_the_record_is_not(house):
    house.sql("DELETE FROM alembic_version")
    assert "table room already exists" in house.flask("db", "upgrade").stderr
    house.flask("db", "stamp", "0001")
    assert house.flask("db", "upgrade").ok
    assert house.flask("db", "check").ok


def test_two_revisions_make_the_same_index(house, write):
    index = 'op.create_index("ix_furniture_room_id", "furniture", ["room_id"])'
    column = 'op.add_column("furniture", sa.Column("maker", sa.String(60)))'
    write(house, "0002", index)
    write(house, "0003", f"{column}\n{index}", after="0002")
    said = house.flask("db", "upgrade").stderr
    assert "index ix_furniture_room_id already exists" in said
    write(house, "0003", column, after="0002")  # without the index
    assert "duplicate column name: maker" in house.flask("db", "upgrade").stderr
    house.sql("ALTER TABLE furniture DROP COLUMN maker")  # what the failed try left behind
    assert house.flask("db", "upgrade").ok


def test_the_column_is_there_and_the_record_is_not(house, write):
    write(house, "0002", 'op.add_column("room", sa.Column("size", sa.String(20)))')
    house.sql("ALTER TABLE room ADD COLUMN size VARCHAR(20)")
    assert "duplicate column name: size" in house.flask("db", "upgrade").stderr


def test_the_tables_are_not_there_yet(fresh):
    assert "no such table: room" in fresh.flask("furnish").stderr
    fresh.flask("db", "upgrade")
    assert fresh.flask("furnish").ok


def test_a_batch_waits_for_its_end(house, write):
    inside = """with op.batch_alter_table("room") as batch:
    batch.add_column(sa.Column("paint", sa.String(30)))
    op.execute("UPDATE room SET paint = colour")"""
    write(house, "0002", inside)
    assert "no such column: paint" in house.flask("db", "upgrade").stderr
    write(house, "0002", inside.replace("    op.execute", "op.execute"))
    assert house.flask("db", "upgrade").ok


def test_a_constraint_without_a_name_cannot_be_made(house):
    convention = "metadata=MetaData(naming_convention=NAMING_CONVENTION)"
    house.edit("hearth/models.py", "String(30))", "String(30), unique=True)")
    house.edit("hearth/database.py", convention, "")
    house.flask("db", "migrate", "--rev-id", "0002", "-m", "colours")
    assert "Constraint must have a name" in house.flask("db", "upgrade").stderr
    house.edit("hearth/database.py", "SQLAlchemy()", f"SQLAlchemy({convention})")
    house.remove("migrations/versions/0002_colours.py")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert house.flask("db", "upgrade").ok


def test_a_row_without_a_value_stops_not_null(house):
    house.edit("hearth/models.py", "colour: Mapped[str | None]", "colour: Mapped[str]")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "NOT NULL constraint failed" in house.flask("db", "upgrade").stderr
    house.sql("DROP TABLE _alembic_tmp_room")
    house.sql("UPDATE room SET colour = 'unknown' WHERE colour IS NULL")
    assert house.flask("db", "upgrade").ok


def test_two_rows_alike_stop_a_unique_constraint(house):
    house.edit(
        "hearth/models.py", "String(80))\n    room_id", "String(80), unique=True)\n    room_id"
    )
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "UNIQUE constraint failed" in house.flask("db", "upgrade").stderr
    house.sql("DROP TABLE _alembic_tmp_furniture")
    house.sql("UPDATE furniture SET name = name || ' ' || id WHERE name = 'Chair'")
    assert house.flask("db", "upgrade").ok


def test_a_failed_copy_leaves_its_table_behind(house):
    house.edit("hearth/models.py", "colour: Mapped[str | None]", "colour: Mapped[str]")
    house.flask("db", "migrate", "--rev-id", "0002")
    house.flask("db", "upgrade")
    house.sql("UPDATE room SET colour = 'unknown' WHERE colour IS NULL")
    assert "table _alembic_tmp_room already exists" in house.flask("db", "upgrade").stderr
    house.sql("DROP TABLE _alembic_tmp_room")
    assert house.flask("db", "upgrade").ok


def test_sqlite_cannot_change_a_type_in_place(house, write):
    write(house, "0002", 'op.alter_column("room", "name", type_=sa.Text())')
    assert 'near "ALTER": syntax error' in house.flask("db", "upgrade").stderr
    batch = 'with op.batch_alter_table("room") as batch:\n    '
    write(house, "0002", batch + 'batch.alter_column("name", type_=sa.Text())')
    assert house.flask("db", "upgrade").ok


def test_sqlite_cannot_add_a_constraint_in_place(house, write):
    write(house, "0002", 'op.create_unique_constraint("uq_room_colour", "room", ["colour"])')
    said = house.flask("db", "upgrade").stderr
    assert "No support for ALTER of constraints in SQLite dialect" in said
    batch = 'with op.batch_alter_table("room") as batch:\n    '
    write(house, "0002", batch + 'batch.create_unique_constraint("uq_room_colour", ["colour"])')
    assert house.flask("db", "upgrade").ok


def test_a_colon_in_sql_asks_for_a_value(house, write):
    write(house, "0002", """op.execute('UPDATE room SET colour = \\'{"dark":true}\\'')""")
    said = house.flask("db", "upgrade").stderr
    assert "A value is required for bind parameter" in said
    write(house, "0002", """op.execute('UPDATE room SET colour = \\'{"dark"\\\\:true}\\'')""")
    assert house.flask("db", "upgrade").ok
    assert set(house.sql("SELECT colour FROM room")) == {('{"dark":true}',)}


def test_a_connection_takes_no_bare_string(house, write):
    write(house, "0002", 'op.get_bind().execute("SELECT 1")')
    assert "Not an executable object" in house.flask("db", "upgrade").stderr
    write(house, "0002", 'op.get_bind().execute(sa.text("SELECT 1"))')
    assert house.flask("db", "upgrade").ok


def test_a_parent_with_children_is_not_deleted(house, write):
    write(house, "0002", 'op.execute("PRAGMA foreign_keys = ON")\nop.execute("DELETE FROM room")')
    assert "FOREIGN KEY constraint failed" in house.flask("db", "upgrade").stderr
    assert len(house.sql("SELECT * FROM room")) == 5


def test_a_default_that_must_be_worked_out_needs_a_copy(house, write):
    column = 'sa.Column("seen", sa.DateTime(), server_default=sa.func.now())'
    write(house, "0002", f'op.add_column("room", {column})')
    said = house.flask("db", "upgrade").stderr
    assert "Cannot add a column with non-constant default" in said
    batch = 'with op.batch_alter_table("room", recreate="always") as batch:\n    '
    write(house, "0002", f"{batch}batch.add_column({column})")
    assert house.flask("db", "upgrade").ok


def test_an_index_holds_a_column_fast(house, write):
    house.sql("CREATE INDEX ix_room_colour ON room (colour)")
    write(house, "0002", 'op.drop_column("room", "colour")')
    assert "error in index ix_room_colour after drop column" in house.flask("db", "upgrade").stderr
    write(house, "0002", 'op.drop_index("ix_room_colour")\nop.drop_column("room", "colour")')
    assert house.flask("db", "upgrade").ok


def test_a_view_stands_in_the_way_of_a_copy(house, write):
    house.sql("CREATE VIEW painted AS SELECT * FROM room WHERE colour IS NOT NULL")
    batch = 'with op.batch_alter_table("room") as batch:\n    '
    write(house, "0002", batch + 'batch.alter_column("name", type_=sa.Text())')
    assert "error in view painted" in house.flask("db", "upgrade").stderr


def test_somebody_else_is_writing(house, write):
    house.use("sqlite:///hearth.db?timeout=0.1")
    write(house, "0002", 'op.add_column("room", sa.Column("size", sa.String(20)))')
    with closing(sqlite3.connect(house.folder / "instance" / "hearth.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "database is locked" in house.flask("db", "upgrade").stderr
    assert house.flask("db", "upgrade").ok


def test_sql_for_a_copy_cannot_be_written_ahead(house, write):
    batch = 'with op.batch_alter_table("room") as batch:\n    '
    write(house, "0002", batch + 'batch.alter_column("name", type_=sa.Text())')
    said = house.flask("db", "upgrade", "--sql", "0001:0002").stderr
    assert "This operation cannot proceed in --sql mode" in said
    room = 'sa.Table("room", sa.MetaData(), sa.Column("name", sa.String(80)))'
    batch = batch.replace('"room"', f'"room", copy_from={room}')
    write(house, "0002", batch + 'batch.alter_column("name", type_=sa.Text())')
    assert "DROP TABLE room" in house.flask("db", "upgrade", "--sql", "0001:0002").stdout


def test_old_revisions_know_nothing_of_a_second_database(fresh):
    fresh.copy("migrations/versions/", "kept/")
    fresh.remove("migrations")
    fresh.flask("db", "init", "--multidb")
    fresh.copy("kept/.", "migrations/versions/")
    said = fresh.flask("db", "upgrade").stderr
    assert "got an unexpected keyword argument 'engine_name'" in said


def test_the_tables_went_and_the_record_stayed(house):
    house.shell("db.drop_all()")
    assert house.flask("db", "upgrade").ok  # nothing to do, says the record
    assert "no such table: room" in house.flask("furnish").stderr
    assert not house.flask("db", "check").ok
    house.flask("db", "stamp", "base")
    assert house.flask("db", "upgrade").ok
    assert house.flask("furnish").ok


def test_a_constraint_has_no_name_in_the_database(house, write):
    house.sql("CREATE TABLE lamp (id INTEGER PRIMARY KEY, label VARCHAR(30), UNIQUE (label))")
    batch = 'with op.batch_alter_table("lamp") as batch:\n    '
    drop = 'batch.drop_constraint("uq_lamp_label", type_="unique")'
    write(house, "0002", batch + drop)
    assert "No such constraint: 'uq_lamp_label'" in house.flask("db", "upgrade").stderr
    names = 'naming_convention={"uq": "uq_%(table_name)s_%(column_0_N_name)s"}'
    write(house, "0002", batch.replace('("lamp")', f'("lamp", {names})') + drop)
    assert house.flask("db", "upgrade").ok
    assert "UNIQUE" not in str(house.sql("SELECT sql FROM sqlite_master WHERE name = 'lamp'"))


def test_a_batch_names_a_column_that_is_not_there(house, write):
    batch = 'with op.batch_alter_table("room") as batch:\n    '
    write(house, "0002", batch + 'batch.alter_column("paint", type_=sa.Text())')
    assert "KeyError: 'paint'" in house.flask("db", "upgrade").stderr
    write(house, "0002", batch + 'batch.alter_column("colour", type_=sa.Text())')
    assert house.flask("db", "upgrade").ok


def test_a_batch_names_a_table_that_is_not_there(house, write):
    batch = 'with op.batch_alter_table("rooms") as batch:\n    '
    change = 'batch.alter_column("colour", type_=sa.Text())'
    write(house, "0002", batch + change)
    assert "NoSuchTableError: rooms" in house.flask("db", "upgrade").stderr
    write(house, "0002", batch.replace("rooms", "room") + change)
    assert house.flask("db", "upgrade").ok


def test_two_statements_in_one_execute(house, write):
    first, second = "UPDATE room SET colour = 'lime'", "UPDATE furniture SET name = 'Stool'"
    write(house, "0002", f'op.execute("{first}; {second}")')
    said = house.flask("db", "upgrade").stderr
    assert "You can only execute one statement at a time" in said
    write(house, "0002", f'op.execute("{first}")\nop.execute("{second}")')
    assert house.flask("db", "upgrade").ok


def test_an_enum_is_filled_with_its_values(house, write):
    state = 'class State(enum.Enum):\n    GOOD = "good"\n\n\nclass Room(db.Model):'
    house.edit("hearth/models.py", "class Room(db.Model):", state)
    house.edit(
        "hearth/models.py", "from sqlalchemy import F", "import enum\n\nfrom sqlalchemy import F"
    )
    house.add_column("state: Mapped[State | None]")
    add = 'op.add_column("room", sa.Column("state", sa.String(4)))\n'
    write(house, "0002", add + "op.execute(\"UPDATE room SET state = 'good'\")")
    assert house.flask("db", "upgrade").ok
    read = "db.session.scalars(db.select(Room)).all()"
    assert "is not among the defined enum values" in house.shell(read).stderr
    house.sql("UPDATE room SET state = 'GOOD'")
    assert house.shell(read).ok
