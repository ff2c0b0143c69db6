"""What the page "Expert zone" shows runs, on the pinned versions."""

import shutil

import pytest

from remodel.course.catalog import find_course

SHOWN = find_course().root / "docs" / "expert"


def lay(house, file, place):
    """Put one of the files that the page shows into the house."""
    shutil.copy(SHOWN / file, house.folder / place)


def migrate_with(house, options, imported):
    """Give Migrate(...) more to do."""
    first = "from flask_migrate import Migrate\n"
    house.edit("hearth/database.py", first, f"{first}from hearth.{imported}\n")
    house.edit("hearth/database.py", "Migrate()", f"Migrate({options})")


@pytest.fixture
def furnished(copy_of):
    """Lesson 4's app at revision 0005, with rooms of sizes that a number can be made of."""
    house = copy_of("04")
    assert house.flask("db", "upgrade").ok
    assert house.flask("furnish").ok
    house.sql("UPDATE room SET size = 'unknown'")
    house.sql("UPDATE room SET size = '4x3' WHERE id = 1")
    return house


@pytest.fixture
def hooked(house):
    """Lesson 3's app with the hook and the command of the page."""
    lay(house, "hooks.py", "hearth/hooks.py")
    migrate_with(
        house, "process_revision_directives=look_at_the_draft", "hooks import look_at_the_draft"
    )
    return house


def test_a_revision_transforms_the_rows(furnished):
    """Custom logic in a revision turns '4x3' into 12, and leaves what is unknown empty."""
    lay(furnished, "stop_on_bad_rows.py", "migrations/versions/0006_areas.py")
    assert furnished.flask("db", "upgrade").ok
    assert set(furnished.sql("SELECT size, area FROM room")) == {("4x3", 12), ("unknown", None)}


def test_a_revision_stops_at_rows_that_it_cannot_read(furnished):
    """A bad row ends the upgrade with one line that names it, at the revision before."""
    furnished.sql("UPDATE room SET size = 'huge' WHERE id = 2")
    lay(furnished, "stop_on_bad_rows.py", "migrations/versions/0006_areas.py")
    stopped = furnished.flask("db", "upgrade")
    assert stopped.exit_code == 1
    assert "room.size is no 'width x length' in rows [2]" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert "area" not in furnished.columns("room")
    assert furnished.sql("SELECT version_num FROM alembic_version") == [("0005",)]


def test_each_step_is_written_down_beside_the_version_table(house):
    """on_version_apply runs after each revision; its table survives `flask db check`."""
    lay(house, "upgrade_log.py", "hearth/upgrade_log.py")
    options = "on_version_apply=write_down, include_name=is_ours"
    migrate_with(house, options, "upgrade_log import is_ours, write_down")
    assert house.flask("db", "downgrade", "base").ok
    assert house.flask("db", "upgrade").ok
    assert house.flask("db", "stamp", "base").ok
    steps = [("down to base",), ("up to 0001",), ("stamped to base",)]
    assert house.sql("SELECT step FROM upgrade_log") == steps
    assert house.flask("db", "stamp", "head").ok
    assert house.flask("db", "check").ok


def test_the_version_table_has_the_name_that_migrate_gives_it(copy_of):
    """Migrate(version_table=…) keeps the version elsewhere, in a database that is new."""
    house = copy_of("03")
    house.edit("hearth/database.py", "Migrate()", 'Migrate(version_table="hearth_version")')
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT version_num FROM hearth_version") == [("0001",)]
    assert house.columns("alembic_version") == set()


def test_offline_sql_forgets_the_version_table(copy_of):
    """`--sql` of the stock env.py ignores what Migrate was given."""
    house = copy_of("03")
    house.edit("hearth/database.py", "Migrate()", 'Migrate(version_table="hearth_version")')
    assert "CREATE TABLE alembic_version" in house.flask("db", "upgrade", "--sql").stdout


def test_every_database_of_a_project_has_its_own_version(copy_of):
    """Lesson 6's two databases each hold a version table, and stand at the same revision."""
    house = copy_of("06")
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT version_num FROM alembic_version") == [("0014",)]
    current = house.flask("db", "current")
    assert current.stdout.count("0014") == 2


def test_an_empty_draft_is_refused(hooked):
    """With the hook, a draft with nothing in it is an error, and no file is written."""
    refused = hooked.flask("db", "migrate", "--rev-id", "0002")
    assert refused.exit_code == 1
    assert "Nothing to draft: models and database agree." in refused.stderr
    assert not list((hooked.folder / "migrations/versions").glob("0002*"))


def test_a_plain_revision_does_not_ask_the_hook(hooked):
    """`flask db revision` compares nothing, so the hook is not called."""
    assert hooked.flask("db", "revision", "--rev-id", "0002").ok
    assert "pass" in hooked.revision_text("0002")


def test_a_revision_reads_the_words_of_x(house):
    """`-x batch=500` reaches the revision."""
    assert house.flask("db", "revision", "--rev-id", "0002").ok
    (file,) = (house.folder / "migrations" / "versions").glob("0002*")
    read = "from alembic import context\n    print(context.get_x_argument(as_dictionary=True))"
    text = file.read_text(encoding="utf-8").replace("pass", read, 1)
    file.write_text(text, encoding="utf-8")
    assert "{'batch': '500'}" in house.flask("db", "upgrade", "-x", "batch=500").stdout


def test_without_the_hook_an_empty_draft_is_no_error(house):
    """As Flask-Migrate comes, the same command says so and ends with 0."""
    assert house.flask("db", "migrate", "--rev-id", "0002").ok


def test_a_draft_that_drops_a_table_is_refused(hooked):
    """The hook sees the operations of the draft before the file is written."""
    hooked.sql("CREATE TABLE lamp (id INTEGER PRIMARY KEY)")
    refused = hooked.flask("db", "migrate", "--rev-id", "0002")
    assert "This would drop the table lamp" in refused.stderr


def test_a_column_is_still_drafted(hooked):
    """The hook lets through what it has nothing against."""
    hooked.add_column("size: Mapped[str | None]")
    assert hooked.flask("db", "migrate", "--rev-id", "0002").ok
    assert "size" in hooked.revision_text("0002")


def test_a_command_of_our_own_says_what_is_pending(hooked):
    """`flask db pending` names what waits, and its exit code can stop a script."""
    assert hooked.flask("db", "pending").ok
    hooked.flask("db", "downgrade", "base")
    waiting = hooked.flask("db", "pending")
    assert waiting.exit_code == 1
    assert waiting.stdout == "0001  baseline\n"


def test_the_hook_and_the_command_with_two_databases(copy_of):
    """A change of the second database is a draft, and what waits in it is named."""
    house = copy_of("06")
    lay(house, "hooks.py", "hearth/hooks.py")
    migrate_with(
        house, "process_revision_directives=look_at_the_draft", "hooks import look_at_the_draft"
    )
    assert house.flask("db", "upgrade").ok
    assert house.flask("db", "pending").ok
    empty = house.flask("db", "migrate", "--rev-id", "0015")
    assert "Nothing to draft: models and database agree." in empty.stderr
    sold_on = "    sold_on: Mapped[date]\n"
    house.edit("hearth/models.py", sold_on, f"{sold_on}    price: Mapped[int | None]\n")
    assert house.flask("db", "migrate", "--rev-id", "0015", "-m", "prices").ok
    assert "price" in house.revision_text("0015")
    waiting = house.flask("db", "pending")
    assert set(waiting.stdout.splitlines()) == {"0015  prices", "archive: 0015  prices"}
    assert waiting.exit_code == 1
