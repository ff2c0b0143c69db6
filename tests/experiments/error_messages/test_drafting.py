"""Messages of `flask db migrate` and `flask db check`."""

GARDEN = '''"""A model in a file of its own."""

from sqlalchemy.orm import Mapped, mapped_column

from hearth.database import db


class Tree(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
'''
COLOUR = """class Colour(TypeDecorator):
    impl = String
    cache_ok = True


class Room(db.Model):"""


def test_a_model_that_nobody_imports_is_no_change(house):
    house.write("hearth/garden.py", GARDEN)
    assert "No changes in schema detected" in house.flask("db", "migrate").stderr
    house.edit("hearth/__init__.py", "import commands,", "import garden, commands,")
    assert "Detected added table 'tree'" in house.flask("db", "migrate").stderr


def test_a_revision_waits_to_be_applied(house):
    house.add_column("size: Mapped[str | None]")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "Target database is not up to date" in house.flask("db", "migrate").stderr
    house.flask("db", "upgrade")
    assert house.flask("db", "migrate").ok


def test_check_finds_a_model_without_a_revision(house):
    house.add_column("size: Mapped[str | None]")
    found = house.flask("db", "check")
    assert not found.ok and "New upgrade operations detected" in found.stderr
    house.flask("db", "migrate", "--rev-id", "0002")
    house.flask("db", "upgrade")
    assert house.flask("db", "check").ok


def test_a_check_without_a_name_has_no_place_in_the_convention(house):
    house.edit("hearth/models.py", "import ForeignKey", "import CheckConstraint, ForeignKey")
    house.add_column('__table_args__ = (CheckConstraint("length(name) > 0"),)')
    assert "explicitly named" in house.flask("routes").stderr  # no command of the app runs
    said = house.flask("db", "migrate").stderr
    assert "token requires that constraint is explicitly named" in said
    house.edit("hearth/models.py", '> 0")', '> 0", name="has_a_name")')
    assert house.flask("db", "migrate").ok


def test_a_draft_needs_one_place_to_stand_on(house, write):
    write(house, "floors")
    write(house, "values")
    house.flask("db", "upgrade", "heads")
    house.add_column("size: Mapped[str | None]")
    said = house.flask("db", "migrate").stderr
    assert "specify the head revision on which the new revision should be based" in said
    house.flask("db", "merge", "heads", "--rev-id", "both")
    house.flask("db", "upgrade")
    assert house.flask("db", "migrate").ok


def test_a_foreign_key_names_the_table_and_not_the_class(house):
    house.edit("hearth/models.py", 'ForeignKey("room.id")', 'ForeignKey("Room.id")')
    said = house.flask("db", "migrate").stderr
    assert "with which to generate a foreign key to target column" in said
    house.edit("hearth/models.py", 'ForeignKey("Room.id")', 'ForeignKey("room.id")')
    assert house.flask("db", "migrate").ok


def test_two_models_share_one_table(house):
    house.edit(
        "hearth/models.py",
        "class Furniture(db.Model):",
        'class Chamber(db.Model):\n    __tablename__ = "room"\n'
        "    id: Mapped[int] = mapped_column(primary_key=True)\n\n\nclass Furniture(db.Model):",
    )
    said = house.flask("db", "migrate").stderr
    assert "is already defined for this MetaData instance" in said


def test_a_revision_does_not_import_your_own_type(house):
    house.edit("hearth/models.py", "class Room(db.Model):", COLOUR)
    house.edit("hearth/models.py", "import ForeignKey", "import TypeDecorator, ForeignKey")
    house.add_column("shade: Mapped[str | None] = mapped_column(Colour(30))")
    house.flask("db", "migrate", "--rev-id", "0002", "-m", "shade")
    assert "name 'hearth' is not defined" in house.flask("db", "upgrade").stderr
    own = "migrations/versions/0002_shade.py"
    house.edit(own, "from alembic import op\n", "from alembic import op\nimport hearth.models\n")
    assert house.flask("db", "upgrade").ok


def test_a_type_of_postgresql_is_drafted_on_sqlite(house):
    house.edit(
        "hearth/models.py",
        "from sqlalchemy.orm",
        "from sqlalchemy.dialects.postgresql import JSONB\nfrom sqlalchemy.orm",
    )
    house.add_column("notes = db.Column(JSONB)")
    assert house.flask("db", "migrate", "--rev-id", "0002", "-m", "notes").ok
    assert "name 'Text' is not defined" in house.flask("db", "upgrade").stderr
    house.edit("migrations/versions/0002_notes.py", "=Text()", "=sa.Text()")
    assert house.flask("db", "upgrade").ok


def test_a_relationship_names_no_class(house):
    house.edit("hearth/models.py", 'list["Furniture"]', 'list["Chairs"]')
    assert house.flask("db", "migrate").ok
    assert house.flask("db", "check").ok
    assert "failed to locate a name ('Chairs')" in house.shell("Room()").stderr
    house.edit("hearth/models.py", 'list["Chairs"]', 'list["Furniture"]')
    assert house.shell("Room()").ok


def test_a_file_in_versions_is_no_revision(house):
    house.write("migrations/versions/helpers.py", "LENGTH = 30\n")
    said = house.flask("db", "upgrade").stderr
    assert "Could not determine revision id from filename helpers.py" in said
    house.remove("migrations/versions/helpers.py")
    assert house.flask("db", "upgrade").ok


def test_no_template_for_revisions(house):
    house.remove("migrations/script.py.mako")
    house.add_column("size: Mapped[str | None]")
    said = house.flask("db", "migrate").stderr
    assert "No such file or directory" in said
    assert "script.py.mako" in said
