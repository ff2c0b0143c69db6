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
    """`flask db migrate` writes the next revision, and it leads there and back."""
    commands = "flask db migrate", "flask db upgrade", "flask db downgrade"
    start = project.empty().upgrade().drift("ALTER TABLE room DROP COLUMN colour").snapshot()
    up, down = project.copy(), project.copy()
    ended = up.flask_in_turn(*commands[:2])
    there = ended.ok and not up.differs_from_goal() and up.version != start.version
    assert there, f"room.colour was missing, and no next revision gave it back: {ended.error_line}"
    down.flask_in_turn(*commands)
    back = not down.differences(start.schema, down.schema) and down.version == start.version
    assert back, "What `flask db migrate` writes next gives room its colour, and no way back."


@pytest.mark.guard
@pytest.mark.needs("test_a_new_database_gets_every_table")
@pytest.mark.misconception("a-line-moved-is-not-a-line-less")
def test_the_rest_of_the_app_is_as_it_was(project):
    """`flask furnish` and `flask apply-sql` are still there."""
    project.empty().upgrade().must("flask", "apply-sql", "--help")
    project.must("flask", "furnish")
    assert len(project.rows("furniture")) > 0, "`flask furnish` brings no furniture."


@pytest.mark.misconception("create-all-belongs-with-migrations")
def test_only_revisions_make_tables(project):
    """No `flask init-db` makes tables that no revision is recorded for."""
    project.empty().flask("init-db")
    made = [*project.schema.tables]
    assert not made or project.version, f"`flask init-db` made {made[0]}, and no revision says so."
