"""What lesson 3's questions claim, on the pinned versions."""

from importlib.metadata import requires

import pytest


def test_flask_migrate_stands_on_three_other_tools(house):
    needed = [line.partition(">")[0] for line in requires("flask-migrate") if "extra" not in line]
    assert sorted(needed) == ["Flask", "Flask-SQLAlchemy", "alembic"]
    revision = house.revision_text("0001")
    assert "from alembic import op" in revision
    assert "import sqlalchemy as sa" in revision
    assert "flask_migrate" not in revision


def test_an_extension_that_is_made_and_not_connected_gives_no_command(house):
    house.edit("hearth/__init__.py", "    migrate.init_app(app, db)\n", "")
    refused = house.flask("db", "current")
    assert "No such command 'db'" in refused.stderr
    assert "Could not" not in refused.stderr  # the app was found, and has no such command


def test_init_makes_a_folder_and_leaves_the_database_alone(house):
    before = house.sql("SELECT name FROM sqlite_master")
    assert house.flask("db", "init", "--directory", "plans").ok
    assert (house.folder / "plans" / "env.py").is_file()
    assert house.sql("SELECT name FROM sqlite_master") == before


@pytest.mark.parametrize(
    ("command", "made"),
    [
        *(("current", 0), ("heads", 0), ("history", 0)),
        *(("check", 1), ("migrate", 1), ("stamp", 1), ("history -i", 1), ("downgrade", 1)),
    ],
)
def test_what_asks_the_database_makes_the_version_table(house, command, made):
    house.use(f"sqlite:///{house.folder / 'empty.db'}")
    house.flask("db", *command.split())
    tables = house.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    assert tables == [("alembic_version",)] * made


PAIRS = """
class Shelf(db.Model):
    __table_args__ = (UniqueConstraint("room", "name"), UniqueConstraint("room", "number"))
    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[int]
    name: Mapped[str]
    number: Mapped[int]


class Furniture"""


def test_two_rules_that_begin_with_one_column_need_a_pattern_of_all_columns(house, request):
    house.edit("hearth/models.py", "import ForeignKey,", "import UniqueConstraint, ForeignKey,")
    house.edit("hearth/models.py", "\nclass Furniture", PAIRS)
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "'uq_shelf_room_name'" in house.revision_text("0002")
    assert "'uq_shelf_room_number'" in house.revision_text("0002")
    house.remove("migrations/versions/0002_.py")
    house.edit(
        "hearth/database.py", "uq_%(table_name)s_%(column_0_N_name)s", "uq_%(column_0_label)s"
    )
    house.flask("db", "migrate", "--rev-id", "0002")
    assert house.revision_text("0002").count("'uq_shelf_room'") == 2
    assert house.flask("db", "upgrade").ok  # SQLite makes both
    house.use(request.getfixturevalue("postgresql"))
    assert 'relation "uq_shelf_room" already exists' in house.flask("db", "upgrade").stderr


def test_a_full_database_leaves_nothing_to_write(house):
    house.sql("DROP TABLE alembic_version")  # now nobody knows how the tables came to be
    house.flask("db", "init", "--directory", "plans")
    full = house.flask("db", "migrate", "--directory", "plans")
    assert "No changes in schema detected" in full.stderr
    house.use("sqlite:///empty.db")
    empty = house.flask("db", "migrate", "--directory", "plans")
    assert "Detected added table 'room'" in empty.stderr


def test_a_stamp_runs_nothing(copy_of):
    house = copy_of("03")
    assert house.flask("db", "stamp", "head").ok
    assert house.flask("db", "upgrade").ok  # it finds nothing left to do
    assert house.columns("room") == set()
    assert house.page("/") == 503  # Hearth's answer to "no such table: room"


def test_a_constraint_without_a_name_cannot_be_run(house):
    convention = "metadata=MetaData(naming_convention=NAMING_CONVENTION)"
    house.edit("hearth/database.py", convention, "")
    house.add_column("number: Mapped[int | None] = mapped_column(unique=True)")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "create_unique_constraint(None" in house.revision_text("0002")
    assert "Constraint must have a name" in house.flask("db", "upgrade").stderr


def test_create_all_leaves_no_revision_to_write(house):
    create = "    with app.app_context():\n        db.create_all()\n"
    house.edit("hearth/__init__.py", "    return app\n", f"{create}    return app\n")
    guest = "class Guest(db.Model):\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
    house.edit("hearth/models.py", "class Furniture", f"{guest}\n\nclass Furniture")
    assert "No changes in schema detected" in house.flask("db", "migrate").stderr
    assert house.columns("guest") == {"id"}  # it is there already, and no revision makes it


def test_a_stamp_gives_no_name_to_an_old_constraint(copy_of):
    house = copy_of("03")
    (house.folder / "instance").mkdir()
    room = "id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, colour VARCHAR(30), PRIMARY KEY (id)"
    house.sql(f"CREATE TABLE room ({room}, CONSTRAINT uq_room_name UNIQUE (name))")
    furniture = "id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, room_id INTEGER NOT NULL"
    keys = "PRIMARY KEY (id), FOREIGN KEY (room_id) REFERENCES room (id)"
    house.sql(f"CREATE TABLE furniture ({furniture}, {keys})")
    house.flask("db", "stamp", "head")
    assert house.flask("db", "check").ok  # which does not compare the names of keys
    drop = "b.drop_constraint('fk_furniture_room_id_room', type_='foreignkey')"
    table = "with op.batch_alter_table('furniture'{}) as b:\n        "
    house.write_revision("0002", "loose furniture", table.format("") + drop)
    assert "No such constraint" in house.flask("db", "upgrade").stderr
    pattern = "{'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s'}"
    told = f", naming_convention={pattern}"
    house.edit("migrations/versions/0002_loose_furniture.py", "'furniture')", f"'furniture'{told})")
    assert house.flask("db", "upgrade").ok


def test_the_pattern_for_checks_adds_to_a_name_and_makes_none_up(house):
    house.edit("hearth/models.py", "import ForeignKey,", "import CheckConstraint, ForeignKey,")
    guest = "class Guest(db.Model):\n    __table_args__ = (CheckConstraint({}),)\n"
    number = "    number: Mapped[int] = mapped_column(primary_key=True)\n\n\nclass Furniture"
    whole = '"number > 0", name="ck_guest_number"'
    house.edit("hearth/models.py", "class Furniture", guest.format(whole) + number)
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "ck_guest_ck_guest_number" in house.revision_text("0002")
    house.remove("migrations/versions/0002_.py")
    house.edit("hearth/models.py", whole, '"number > 0", name="number"')
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "'ck_guest_number'" in house.revision_text("0002")
    house.remove("migrations/versions/0002_.py")
    house.edit("hearth/models.py", ', name="number"', "")
    assert "constraint is explicitly named" in house.flask("db", "migrate").stderr
