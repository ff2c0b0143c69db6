"""Grades "No changes in schema detected": what a test and the next revision meet.

The standard checks say the rest: the migrated schema is the goal, the app's own models make the
same one, and starting the app makes no table.
"""

import pytest

#: `create_app` as a test calls it, with a database of its own.
TESTING = "hearth:create_app({'TESTING': True, 'SQLALCHEMY_DATABASE_URI': 'sqlite:///other.db'})"

#: What a next revision has to change.
BEHIND = "ALTER TABLE room DROP COLUMN colour; ALTER TABLE room ADD COLUMN colour INTEGER"


@pytest.mark.guard
@pytest.mark.misconception("a-line-moved-is-not-a-line-less")
def test_the_app_of_a_test_has_the_model_and_its_own_database(project):
    """`create_app` uses the settings that a test gives, and has the model with them too."""
    app = f'flask --app "{TESTING}" db'
    ended = project.empty().flask_in_turn(f"{app} upgrade", f"{app} check")
    assert not project.schema.tables, "`create_app` loses the settings that it is called with."
    elsewhere_too = project.empty().upgrade().detected()  # the standard checks tell of that
    assert ended.ok or elsewhere_too, (
        f"In the app of a test, `flask db check` says: {ended.error_line}"
    )


@pytest.mark.guard
@pytest.mark.misconception("the-folder-is-its-revisions")
def test_the_next_revision_can_be_written(project):
    """`flask db migrate` writes a next revision that changes a type, and it can be run."""
    project.empty().upgrade().drift(BEHIND)
    ended = project.flask_in_turn("flask db migrate", "flask db upgrade")
    assert ended.ok, f"room.colour had another type; the next revision: {ended.error_line}"
