"""Grades "No such command 'db'": the extension, the names, the first revision."""

import pytest


def parts(schema):
    for name, table in schema.tables.items():
        yield f"table {name}"
        for column in table.columns.values():
            null = "NULL" if column.nullable else "NOT NULL"
            yield f"column {name}.{column.name} {column.type} {null}"
        rules = {"foreign key": table.foreign_keys, "unique": table.uniques, "index": table.indexes}
        yield from (f"{kind} on {name}: {each}" for kind in rules for each in rules[kind])


def constraints(schema):
    return {name for table in schema.tables.values() for name in table.names}


@pytest.mark.misconception("an-extension-connects-itself")
def test_the_flask_command_reaches_your_database(project):
    """`flask db current` is a command, and it reaches your database."""
    ended = project.empty().flask("db", "current")
    said = ended.stderr.strip().splitlines() or ["(nothing)"]
    assert ended.ok, f"`flask db current` ended with:\n  {said[-1][:200]}"


@pytest.mark.misconception("a-baseline-may-be-written-anywhere")
def test_a_new_database_gets_every_table(project):
    """`flask db upgrade` gives an empty database every table of Hearth, with every rule."""
    has, should = set(parts(project.empty().upgrade().schema)), set(parts(project.goal()))
    wrong = [f"has no {x}" for x in should - has] + [f"should have no {x}" for x in has - should]
    told = f"A new database, upgraded to {', '.join(project.version) or 'no revision'},"
    assert has == should, f"{told} {min(wrong, key=len)}."


@pytest.mark.misconception("a-constraint-needs-no-name")
def test_every_constraint_has_the_name_of_the_convention(project):
    """In a new database, every constraint has the name that the naming convention gives it."""
    made = project.empty().upgrade().schema
    lacks = constraints(project.goal()) - constraints(made)
    assert not lacks, f"In a new database, no constraint is called {min(lacks)}."


@pytest.mark.misconception("a-clean-check-has-compared")
def test_flask_db_check_sees_what_is_missing(project):
    """`flask db check` compares your models with the database, and sees what is missing."""
    project.empty().flask("db", "stamp", "head")
    ended = project.flask("db", "check")
    assert not ended.ok and "room" in ended.stderr, (
        "In a database without tables, `flask db check` does not miss the table room."
    )


@pytest.mark.misconception("create-all-belongs-with-migrations")
def test_only_revisions_make_tables(project):
    """No `flask init-db` makes tables that no revision is recorded for."""
    project.empty().flask("init-db")
    made = [*project.schema.tables]
    assert not made or project.version, f"`flask init-db` made {made[0]}, and no revision says so."
