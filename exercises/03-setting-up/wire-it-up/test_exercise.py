"""Grades "No such command 'db'": the extension, the names, the first revision."""

import pytest


def constraints(schema):
    return {name for table in schema.tables.values() for name in table.names}


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
        lacks = constraints(project.goal()) - constraints(made)
        assert not lacks, f"In a new database{where}, no constraint is called {min(lacks)}."


@pytest.mark.misconception("a-clean-check-has-compared")
def test_flask_db_check_sees_what_is_missing(project):
    """`flask db check` compares your models with the database, and sees what is missing."""
    project.empty().flask("db", "stamp", "head")
    ended = project.flask("db", "check")
    assert not ended.ok and "room" in ended.stderr, (
        "In a database without tables, `flask db check` does not miss the table room."
    )


@pytest.mark.needs("test_flask_db_check_sees_what_is_missing")
@pytest.mark.misconception("the-folder-is-its-revisions")
def test_the_next_revision_can_be_written(project):
    """Where something is missing, `flask db migrate` writes the next revision."""
    project.empty().flask("db", "stamp", "head")
    project.must("flask", "db", "migrate")


@pytest.mark.misconception("create-all-belongs-with-migrations")
def test_only_revisions_make_tables(project):
    """No `flask init-db` makes tables that no revision is recorded for."""
    project.empty().flask("init-db")
    made = [*project.schema.tables]
    assert not made or project.version, f"`flask init-db` made {made[0]}, and no revision says so."
