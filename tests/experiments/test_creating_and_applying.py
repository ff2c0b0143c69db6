"""What lesson 4's questions claim, on the pinned versions."""

import io
import sqlite3
from functools import partial

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.util import CommandError


def test_migrate_drafts_what_you_ask_for_and_nothing_else(house):
    house.add_column("size: Mapped[str | None]")
    assert house.flask("db", "history").stdout.count("->") == 1  # no file by itself
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "please adjust!" in house.revision_text("0002")


def test_a_drafted_revision_leaves_the_database_alone(house):
    house.add_column("size: Mapped[str | None]")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "size" not in house.columns("room")
    assert house.page("/") == 503  # Hearth's answer to "no such column: room.size"
    house.flask("db", "upgrade")
    assert house.page("/") == 200


def test_an_empty_table_hides_a_missing_value(house):
    house.add_column("size: Mapped[str]")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "Cannot add a NOT NULL column" in house.flask("db", "upgrade").stderr
    house.sql("DELETE FROM furniture")
    house.sql("DELETE FROM room")
    assert house.flask("db", "upgrade").ok


def test_a_python_default_never_reaches_the_database(house):
    house.add_column('size: Mapped[str] = mapped_column(default="unknown")')
    house.flask("db", "migrate", "--rev-id", "0002")
    assert "unknown" not in house.revision_text("0002")
    assert "Cannot add a NOT NULL column" in house.flask("db", "upgrade").stderr


def test_an_unread_rename_loses_every_value(house):
    house.edit("hearth/models.py", "    colour: Mapped", "    paint: Mapped")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert house.flask("db", "upgrade").ok
    assert house.flask("db", "check").ok
    assert set(house.sql("SELECT paint FROM room")) == {(None,)}


def test_migrate_refuses_while_a_revision_waits(house):
    house.add_column("size: Mapped[str | None]")
    house.flask("db", "migrate", "--rev-id", "0002")
    second = house.flask("db", "migrate", "--rev-id", "0003")
    assert "Target database is not up to date" in second.stderr
    house.flask("db", "upgrade")
    assert "No changes in schema detected" in house.flask("db", "migrate").stderr


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
def test_mysql_renames_a_column_if_it_is_told_the_type_and_lets_null_in_if_not_told(dialect):
    written = io.StringIO()
    opts = {"as_sql": True, "output_buffer": written}
    op = Operations(MigrationContext.configure(dialect_name=dialect, opts=opts))
    rename = partial(op.alter_column, "room", "colour", new_column_name="paint")
    with pytest.raises(CommandError, match="require the existing type"):
        rename()
    rename(existing_type=sa.String(30))
    rename(existing_type=sa.String(30), existing_nullable=False)
    assert written.getvalue().split("\n\n")[:2] == [
        "ALTER TABLE room CHANGE colour paint VARCHAR(30) NULL;",
        "ALTER TABLE room CHANGE colour paint VARCHAR(30) NOT NULL;",
    ]


def test_sqlite_adds_a_unique_index_and_no_unique_constraint(house):
    house.sql("CREATE UNIQUE INDEX one_colour_each ON room (colour) WHERE colour = 'lime'")
    with pytest.raises(sqlite3.OperationalError):
        house.sql("ALTER TABLE room ADD CONSTRAINT one_colour_each UNIQUE (colour)")


def test_no_draft_changes_the_formula_of_a_computed_column(house):
    house.edit("hearth/models.py", "import ForeignKey", "import Computed, ForeignKey")
    house.edit("hearth/database.py", "Migrate()", "Migrate(compare_server_default=True)")
    computed = 'mapped_column(Computed("2 * id", persisted=False))'
    house.add_column(f"area: Mapped[int | None] = {computed}")
    house.flask("db", "migrate", "--rev-id", "0002")
    assert house.flask("db", "upgrade").ok
    house.edit("hearth/models.py", "2 * id", "3 * id")
    draft = house.flask("db", "migrate", "--rev-id", "0003").stderr
    assert "Computed default on room.area cannot be modified" in draft
    assert "No changes in schema detected" in draft
