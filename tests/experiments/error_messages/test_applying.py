"""Messages of `flask db upgrade`."""

import shutil
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
    (house.folder / "migrations/versions/0002_colours.py").unlink()
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


def test_old_revisions_know_nothing_of_a_second_database(fresh):
    shutil.move(fresh.folder / "migrations" / "versions", fresh.folder / "kept")
    shutil.rmtree(fresh.folder / "migrations")
    fresh.flask("db", "init", "--multidb")
    shutil.copytree(fresh.folder / "kept", fresh.folder / "migrations/versions", dirs_exist_ok=True)
    said = fresh.flask("db", "upgrade").stderr
    assert "got an unexpected keyword argument 'engine_name'" in said
