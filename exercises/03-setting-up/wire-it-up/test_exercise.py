"""Grades "No such command 'db'": the extension, the names, the first revision."""

import pytest

#: What goes wrong past the revisions, and what `flask db check` says of it.
DRIFT = (
    ("CREATE INDEX by_name ON furniture (name)", "by_name"),
    ("ALTER TABLE furniture ADD COLUMN mark TEXT", "furniture.mark"),
    ("ALTER TABLE room DROP COLUMN colour", ""),
    ("ALTER TABLE room ADD COLUMN colour INTEGER", "room.colour"),
    ("CREATE TABLE lamp (id INTEGER)", "'lamp'"),
)

#: What a next revision has to add, change and drop.
BEHIND = """
ALTER TABLE room DROP COLUMN colour;
ALTER TABLE furniture DROP COLUMN name;
ALTER TABLE furniture ADD COLUMN name INTEGER;
ALTER TABLE furniture ADD COLUMN mark TEXT;
"""

#: A setting for `create_app`, which names a database of its own.
ELSEWHERE = "hearth:create_app({'SQLALCHEMY_DATABASE_URI': 'sqlite:///elsewhere.db'})"


def constraints(schema):
    """Each name, with its table and what it is the name of."""
    tables = schema.tables.values()
    return {(name, t.name, rule) for t in tables for rule in t.rules for name in t.rules[rule]}


@pytest.mark.guard
@pytest.mark.misconception("a-line-that-was-never-loaded")
def test_flask_can_load_your_app(project):
    """`flask` can load your app."""
    project.empty().must("flask", "routes")


@pytest.mark.needs("test_flask_can_load_your_app")
@pytest.mark.misconception("an-extension-connects-itself")
def test_the_flask_command_reaches_your_database(project):
    """`flask db current` reaches your database, in the app that `create_app` makes too."""
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
    upgraded = project.empty().upgrade().schema
    for where, made in ("", upgraded), (" made of your models", project.model_schema()):
        for name, table, rule in sorted(constraints(project.goal()) - constraints(made)):
            raise AssertionError(
                f"In a new database{where}, no {rule} of {table} is called {name}."
            )


@pytest.mark.misconception("a-clean-check-has-compared")
def test_flask_db_check_sees_what_is_missing(project):
    """`flask db check` compares your models with the database, and sees what is missing."""
    detected = "".join(project.empty().upgrade().drift(";".join(s for s, _ in DRIFT)).detected())
    project.empty().flask("db", "stamp", "head")
    missing = "".join(project.detected())
    for table in "room", "furniture":
        why = f"In a database without tables, `flask db check` does not miss the table {table}."
        assert f"table '{table}'" in missing, why
    for sql, name in DRIFT:
        assert name in detected, f"`flask db check` does not see what this has done:\n{sql}"


@pytest.mark.needs("test_flask_db_check_sees_what_is_missing")
@pytest.mark.misconception("the-folder-is-its-revisions")
def test_the_next_revision_can_be_written(project):
    """`flask db migrate` writes what to add, change and drop, and it leads there and back."""
    commands = "flask db migrate", "flask db upgrade", "flask db downgrade"
    start = project.empty().upgrade().drift(BEHIND).snapshot()
    up, down = project.copy(), project.copy()
    ended = up.flask_in_turn(*commands[:2])
    there = ended.ok and not up.differs_from_goal() and up.version != start.version
    wrong = [ended.error_line, *up.differs_from_goal()]
    assert there, f"A column was missing, one changed, one too many. The next revision: {wrong[0]}"
    down.flask_in_turn(*commands)
    back = not down.differences(start.schema, down.schema) and down.version == start.version
    assert back, "What `flask db migrate` writes next has no way back."


@pytest.mark.needs("test_a_new_database_gets_every_table")
@pytest.mark.misconception("the-folder-is-its-revisions")
def test_several_revisions_of_one_day_can_be_merged(project):
    """Two revisions of one day get two files, and `flask db merge` joins two heads."""
    heads = project.empty().history.heads
    assert heads, "There is no revision in migrations/versions/."
    write = f"flask db revision --splice --head {heads[0]} -m"
    merged = f"{write} lamps", f"{write} chairs", "flask db merge heads -m both"
    ended = project.flask_in_turn(*merged, "flask db upgrade")
    assert ended.ok, f"Two revisions of one day, then `flask db merge`: {ended.error_line}"


@pytest.mark.guard
@pytest.mark.needs("test_a_new_database_gets_every_table")
@pytest.mark.misconception("a-line-moved-is-not-a-line-less")
def test_the_rest_of_the_app_is_as_it_was(project):
    """`flask furnish` and `flask apply-sql` do what they did, and say what to run."""
    hint = project.empty().flask("furnish").error_line
    assert "flask db upgrade" in hint, f"Without tables, `flask furnish` says: {hint}"
    project.empty().drift("CREATE TABLE room (id INTEGER, name TEXT)").must("flask", "apply-sql")
    applied = "colour" in project.schema["room"].columns
    assert applied, "`flask apply-sql` gives no colour to an old room."
    project.empty().upgrade().drift("INSERT INTO room (id, name) VALUES (99, 'Den')")
    project.flask("furnish")
    kept = [*project.rows("room", "name")] == ["Den"]
    assert kept, "`flask furnish` changed a house that had a room already."
    project.empty().upgrade().must("flask", "furnish")
    assert len(project.rows("furniture")) > 0, "`flask furnish` brings no furniture."
    before = project.drift("DROP TABLE alembic_version").snapshot()
    project.flask("db", "upgrade")
    project.must_keep(before)


@pytest.mark.misconception("create-all-belongs-with-migrations")
def test_only_revisions_make_tables(project):
    """No `flask init-db` makes tables that no revision is recorded for."""
    project.empty().flask("init-db")
    made = [*project.schema.tables]
    assert not made or project.version, f"`flask init-db` made {made[0]}, and no revision says so."
