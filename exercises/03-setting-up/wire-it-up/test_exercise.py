"""Grades "No such command 'db'": the extension, the names, the first revision."""

import pytest

DRIFT = {  # What goes wrong past the revisions, and what `flask db check` says of it.
    "CREATE INDEX by_room ON furniture (room_id)": "by_room",
    "ALTER TABLE furniture ADD COLUMN mark JSON": "furniture.mark",
    "ALTER TABLE furniture DROP COLUMN name": "furniture.name",
    "ALTER TABLE room DROP colour; ALTER TABLE room ADD colour INTEGER": "room.colour",
    "CREATE TABLE lamp (id INTEGER)": "'lamp'",
}

ELSEWHERE = "hearth:create_app({'SQLALCHEMY_DATABASE_URI': 'sqlite:///elsewhere.db'})"


@pytest.mark.guard
@pytest.mark.misconception("a-line-that-was-never-loaded")
def test_flask_can_load_your_app(project):
    """`flask` can load your app."""
    project.empty().must("flask", "routes")


@pytest.mark.needs("test_flask_can_load_your_app")
@pytest.mark.misconception("an-extension-connects-itself")
def test_the_flask_command_reaches_your_database(project):
    """`flask db current` reaches your database, and `create_app` uses the settings it is given."""
    project.empty().must("flask", "db", "current")
    project.must("flask", "--app", "hearth", "db", "current")
    project.flask("--app", ELSEWHERE, "db", "upgrade")
    assert not project.schema.tables, "`create_app` loses the settings that it is called with."


@pytest.mark.misconception("a-baseline-may-be-written-anywhere")
def test_a_new_database_gets_every_table(project):
    """`flask db upgrade` gives an empty database every table of Hearth, with every rule."""
    assert project.history.heads, "There is no revision in migrations/versions/."
    wrong = project.empty().upgrade().differs_from_goal()
    assert not wrong, f"In a new database, upgraded to {', '.join(project.version)}, {wrong[0]}."


@pytest.mark.misconception("a-constraint-needs-no-name")
def test_every_constraint_has_the_name_of_the_convention(project):
    """Every constraint has the name of the convention, in a new database and in your models."""
    schemas = project.empty().upgrade().schema, project.model_schema()
    wrong = [w for made in schemas for w in project.differences(project.goal(), made, "names")]
    assert not wrong, f"In a new database, or in one made of your models, {wrong[0]}."


@pytest.mark.misconception("a-clean-check-has-compared")
def test_flask_db_check_sees_what_is_missing(project):
    """`flask db check` compares your models with the database, and sees what is missing."""
    detected = "".join(project.empty().upgrade().drift(";".join(DRIFT)).detected())
    project.empty().flask("db", "stamp", "head")
    missing = [x for x in ("room", "furniture") if f"'{x}'" not in "".join(project.detected())]
    assert not missing, f"Without tables, `flask db check` does not miss the table {missing[0]}."
    for sql, name in DRIFT.items():
        assert name in detected, f"`flask db check` does not see what this has done:\n{sql}"


@pytest.mark.needs("test_flask_db_check_sees_what_is_missing")
@pytest.mark.misconception("the-folder-is-its-revisions")
def test_the_next_revision_can_be_written(project):
    """`flask db migrate` writes what to add, change and drop, and it leads there and back."""
    start = project.empty().upgrade().drift(";".join(DRIFT)).snapshot()
    ended = (there := project.copy()).flask_in_turn("flask db migrate", "flask db upgrade")
    wrong = there.differs_from_goal() if ended.ok else [ended.error_line]
    assert not wrong, f"Columns came, changed and went, and after `flask db migrate`: {wrong[0]}"
    back = project.flask_in_turn("flask db migrate", "flask db upgrade", "flask db downgrade")
    wrong = project.differences(start.schema, project.schema) if back.ok else [back.error_line]
    assert not wrong, f"What `flask db migrate` writes next has no way back: {wrong[0]}"


@pytest.mark.needs("test_a_new_database_gets_every_table")
@pytest.mark.misconception("the-folder-is-its-revisions")
def test_several_revisions_of_one_day_can_be_merged(project):
    """Two revisions of one day get two files, a label its branch; `flask db merge` joins heads."""
    fork = f"flask db revision --splice --head {''.join(project.empty().history.heads)} -m b"
    more = "flask db revision -m a", "flask db revision -m a --branch-label attic", fork
    ran = project.flask_in_turn(*more, "flask db merge heads", "flask db upgrade attic")
    assert ran.ok, f"Two revisions of one day, then `flask db merge`: {ran.error_line}"


@pytest.mark.needs("test_a_new_database_gets_every_table")
@pytest.mark.misconception("the-folder-is-its-revisions")
def test_what_a_command_would_do_can_be_printed(project):
    """With `--sql`, `flask db stamp head` prints what it would do, and does nothing."""
    project.empty().must_only_print("flask db stamp head").must_be_at_head()


@pytest.mark.guard
@pytest.mark.needs("test_a_new_database_gets_every_table")
@pytest.mark.misconception("a-line-moved-is-not-a-line-less")
def test_the_rest_of_the_app_is_as_it_was(project):
    """`flask furnish` and `flask apply-sql` do what they did, and say what to run."""
    hint = project.empty().upgrade().drift("DROP TABLE furniture").flask("furnish").error_line
    assert "flask db upgrade" in hint, f"Without a table, `flask furnish` says: {hint}"
    assert not project.rows("room"), "`flask furnish` fails on the furniture, and leaves rooms."
    for each in (given := project.copy().solved()), project:
        each.empty().drift("CREATE TABLE room (id INTEGER, name TEXT)").must("flask", "apply-sql")
    other = project.differences(given.schema, project.schema)
    assert not other, f"After `flask apply-sql`, {other[0]}."
    project.must_hold(given.snapshot())


@pytest.mark.misconception("create-all-belongs-with-migrations")
def test_only_revisions_make_tables(project):
    """No `flask init-db` makes tables that no revision is recorded for."""
    project.empty().flask("init-db")
    assert not project.schema.tables or project.version, "`flask init-db` makes tables."
