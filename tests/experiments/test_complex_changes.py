"""What lesson 6's questions claim, on the pinned versions."""

import pytest

WIDER = """
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('value', existing_type=sa.String(20), type_=sa.String(40))
"""
WIDER_LABELS = WIDER.replace("value", "label")
REVISION = """import sqlalchemy as sa
from alembic import op
revision, down_revision = "{id}", "{below}"
def upgrade():
    {up}
def downgrade():
    pass
"""
GUARD = """from sqlalchemy import MetaData, event
from sqlalchemy.engine import Engine


@event.listens_for(Engine, "connect")
def guard_references(connection, _record):
    connection.execute("PRAGMA foreign_keys=ON")
"""
PLAQUE = """
    CREATE TABLE plaque (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        line VARCHAR(20) COLLATE NOCASE,
        room_id INTEGER REFERENCES room (id) ON DELETE CASCADE,
        CHECK (line <> ''),
        CONSTRAINT ck_plaque_short CHECK (length(line) < 99)
    )
"""
LONGER_LINES = """
    with op.batch_alter_table('plaque') as batch_op:
        batch_op.alter_column('line', existing_type=sa.String(20), type_=sa.String(40))
"""


def add_revision(house, id, below, up):
    """Write a revision that knows of no second database."""
    text = REVISION.format(id=id, below=below, up=up)
    (house.folder / f"migrations/versions/{id}.py").write_text(text, encoding="utf-8")


@pytest.fixture
def furnished(copy_of):
    """Lesson 5's house at 0008, with its rows."""
    house = copy_of("05")
    assert house.flask("db", "upgrade").ok
    assert house.flask("furnish").ok
    return house


def test_an_upgrade_may_lose_data_without_a_word(furnished):
    furnished.edit("hearth/models.py", "    colour: Mapped", "    paint: Mapped")
    furnished.flask("db", "migrate", "--rev-id", "0009")
    assert furnished.flask("db", "upgrade").ok
    assert furnished.flask("db", "check").ok
    assert set(furnished.sql("SELECT paint FROM room")) == {(None,)}


def test_a_rename_keeps_every_value(furnished):
    before = furnished.sql("SELECT id, name FROM furniture")
    rename = "    op.alter_column('furniture', 'name', new_column_name='label')"
    furnished.write_revision("0009", "label", rename)
    assert furnished.flask("db", "upgrade").ok
    assert furnished.sql("SELECT id, label FROM furniture") == before


def test_sqlite_makes_zero_of_a_word(furnished):
    text = "    value: Mapped[str | None] = mapped_column(String(20))"
    furnished.edit("hearth/models.py", text, "    value: Mapped[int | None]")
    assert ("priceless",) in furnished.sql("SELECT value FROM furniture")
    furnished.flask("db", "migrate", "--rev-id", "0009")
    assert furnished.flask("db", "upgrade").ok
    assert (0,) in furnished.sql("SELECT value FROM furniture WHERE name LIKE 'Grandmother%'")


def test_a_batch_is_done_when_its_block_ends(furnished):
    copy_inside = """
    with op.batch_alter_table('room') as batch_op:
        batch_op.add_column(sa.Column('note', sa.String(20)))
        op.execute("UPDATE room SET note = size")
"""
    furnished.write_revision("0009", "too soon", copy_inside)
    assert "no such column: note" in furnished.flask("db", "upgrade").stderr


def test_a_rebuilt_table_loses_its_trigger(furnished):
    furnished.sql("CREATE TRIGGER t AFTER DELETE ON furniture BEGIN SELECT 1; END")
    furnished.write_revision("0009", "wider", WIDER)
    assert furnished.flask("db", "upgrade").ok
    assert furnished.sql("SELECT name FROM sqlite_master WHERE type = 'trigger'") == []


def test_a_rebuilt_table_loses_more_than_triggers(furnished):
    furnished.sql(PLAQUE)
    furnished.sql("CREATE INDEX newest ON plaque (id DESC)")
    furnished.write_revision("0009", "longer lines", LONGER_LINES)
    assert furnished.flask("db", "upgrade").ok
    ((made,),) = furnished.sql("SELECT sql FROM sqlite_master WHERE name = 'plaque'")
    assert "ck_plaque_short" in made  # a CHECK with a name is kept
    assert not [lost for lost in ("AUTOINCREMENT", "NOCASE", "<> ''", "ON DELETE") if lost in made]
    ((index,),) = furnished.sql("SELECT sql FROM sqlite_master WHERE name = 'newest'")
    assert "DESC" not in index


def test_guarded_references_delete_the_children_of_a_rebuilt_table(furnished):
    furnished.edit("hearth/database.py", "from sqlalchemy import MetaData\n", GUARD)
    parent = "REFERENCES furniture (id) ON DELETE CASCADE"
    furnished.sql(f"CREATE TABLE photo (furniture_id INTEGER {parent})")
    furnished.sql("INSERT INTO photo SELECT id FROM furniture WHERE id <= 3")
    furnished.write_revision("0009", "wider", WIDER)
    assert furnished.flask("db", "upgrade").ok
    assert furnished.sql("SELECT count(*) FROM photo") == [(0,)]
    assert furnished.sql("SELECT count(*) FROM furniture") == [(12,)]


@pytest.mark.parametrize(("number", "photos"), [("05", 3), ("06", 0)])
def test_the_pragma_behind_another_revision(copy_of, number, photos):
    """Lesson 5's env.py commits after each revision, so it helps; lesson 6's does not."""
    house = copy_of(number)
    assert house.flask("db", "upgrade").ok
    assert house.flask("furnish").ok
    house.edit("hearth/database.py", "from sqlalchemy import MetaData\n", GUARD)
    parent = "REFERENCES furniture (id) ON DELETE CASCADE"
    house.sql(f"CREATE TABLE photo (furniture_id INTEGER {parent})")
    house.sql("INSERT INTO photo SELECT id FROM furniture WHERE id <= 3")
    paint = "op.execute(\"UPDATE room SET colour = 'white'\")"
    add_revision(house, "0090", below="0008" if number == "05" else "0014", up=paint)
    rebuild = WIDER_LABELS if number == "06" else WIDER
    add_revision(house, "0091", below="0090", up=f'op.execute("PRAGMA foreign_keys=OFF"){rebuild}')
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT count(*) FROM photo") == [(photos,)]


def test_a_commit_in_a_revision_is_not_recorded(furnished):
    paint = "    op.execute(\"UPDATE room SET colour = 'white'\")\n    op.get_bind().commit()"
    furnished.write_revision("0009", "white walls", paint)
    assert furnished.flask("db", "upgrade").ok
    assert set(furnished.sql("SELECT colour FROM room")) == {("white",)}
    assert furnished.sql("SELECT * FROM alembic_version") == [("0008",)]


def test_a_model_in_a_revision_breaks_new_databases_later(furnished):
    count = """
    from hearth.models import Room
    op.get_bind().execute(sa.select(Room)).all()
"""
    furnished.write_revision("0009", "count rooms", count)
    assert furnished.flask("db", "upgrade").ok
    furnished.add_column("door: Mapped[str | None]")
    furnished.flask("db", "migrate", "--rev-id", "0010")
    assert furnished.flask("db", "upgrade").ok
    furnished.remove("instance/hearth.db")
    assert "no such column: room.door" in furnished.flask("db", "upgrade").stderr


def test_the_stock_env_hands_old_revisions_a_word_they_do_not_take(copy_of):
    house = copy_of("06")
    assert house.flask("db", "init", "--multidb", "--directory", "stock").ok
    (house.folder / "stock/env.py").replace(house.folder / "migrations/env.py")
    said = house.flask("db", "upgrade").stderr
    assert "upgrade() got an unexpected keyword argument 'engine_name'" in said


def test_a_refused_downgrade_can_leave_a_table_behind(copy_of):
    house = copy_of("06")
    house.flask("db", "upgrade")
    house.flask("furnish")
    house.flask("db", "downgrade", "0013")
    house.sql("UPDATE furniture SET value = 400 WHERE label = 'Oak table'")
    assert "downgrade again" in house.flask("db", "downgrade", "0011").stderr
    assert house.sql("SELECT * FROM alembic_version") == [("0013",)]
    house.sql("UPDATE furniture SET value = NULL WHERE label = 'Oak table'")
    again = house.flask("db", "downgrade", "0011").stderr
    assert "table _alembic_tmp_furniture already exists" in again


def test_a_new_member_of_an_enum_is_seen_when_it_is_longer(copy_of):
    house = copy_of("06")
    house.flask("db", "upgrade")
    house.edit("hearth/models.py", '"broken")', '"broken", "lost")')
    assert house.flask("db", "check").ok
    house.edit("hearth/models.py", '"lost")', '"irreparable")')
    assert "Detected type change from VARCHAR(length=6)" in house.flask("db", "check").stderr


def test_some_changes_of_type_rewrite_the_table_on_postgresql(copy_of, postgresql):
    """A longer String leaves the file of the table as it is; a wider number writes it again."""
    house = copy_of("05")
    house.use(postgresql)
    house.sql("CREATE TABLE lamp (label VARCHAR(20), watts INTEGER)")
    assert house.flask("db", "upgrade").ok
    files = [house.sql("SELECT pg_relation_filenode('lamp')")]
    change = 'op.alter_column("lamp", "{}", type_=sa.{})'
    add_revision(house, "0009", below="0008", up=change.format("label", "String(40)"))
    add_revision(house, "0010", below="0009", up=change.format("watts", "BigInteger()"))
    for revision in ("0009", "0010"):
        assert house.flask("db", "upgrade", revision).ok
        files.append(house.sql("SELECT pg_relation_filenode('lamp')"))
    assert files[0] == files[1] != files[2]
