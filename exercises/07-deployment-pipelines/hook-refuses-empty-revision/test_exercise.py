"""Grades "Nothing found, exit code 0"."""

import pytest

DRAFTS = "flask db migrate", "flask db revision --autogenerate"
CHANGED = {  # What differs from the models, and where: each is a kind of change by itself.
    "": (
        "ALTER TABLE room DROP COLUMN colour",
        "DROP TABLE inspection",
        "DROP INDEX ix_furniture_room_id",
        "ALTER TABLE room DROP COLUMN colour; ALTER TABLE room ADD COLUMN colour INTEGER",
    ),
    "archive": ("ALTER TABLE sold ADD COLUMN buyer TEXT", "DROP TABLE sold"),
}
needs = pytest.mark.needs("test_a_change_of_both_databases_is_drafted")  # hear of it once


def must_be_drafted(project, what):
    """What differs from the models is written into a file, and the file settles it."""
    ended = project.flask_in_turn("flask db migrate", "flask db upgrade")
    assert ended.ok, f"{what}: `flask db migrate` or upgrade failed: {ended.error_line}"
    wrong = project.differs_from_goal()
    assert not wrong, f"{what}: after `flask db migrate` and upgrade, {wrong[0]}."


def must_be_refused(project, where):
    """A draft with nothing in it ends with an error, and is no file."""
    for draft in DRAFTS:
        machine = project.copy().on_one_machine()
        refused = not machine.flask(*draft.split()[1:]).ok
        assert refused, f"{where}, nothing was new, and `{draft}` ended with exit code 0."
        machine.must("flask", "db", "upgrade")
        written = f"{where}, nothing was new, and `{draft}` left an empty file."
        assert machine.version == ("0009",), written


@pytest.mark.guard
@pytest.mark.misconception("the-first-database-speaks-for-all")
def test_a_change_of_both_databases_is_drafted(project):
    """Where both databases differ from the models, `flask db migrate` writes the draft."""
    project.populated().drift(CHANGED[""][0]).drift(CHANGED["archive"][0], "archive")
    must_be_drafted(project, "Both databases differ from the models")


@needs
@pytest.mark.guard
@pytest.mark.misconception("the-first-database-speaks-for-all")
def test_a_change_of_either_database_is_drafted(project):
    """Where one of the databases differs from the models, `flask db migrate` writes the draft."""
    for bind, changes in CHANGED.items():
        for sql in changes:
            must_be_drafted(project.copy().populated().drift(sql, bind), f"After `{sql}`")


@needs
@pytest.mark.misconception("exit-0-means-something-was-written")
def test_a_draft_with_nothing_in_it_is_refused(project):
    """Where nothing is new, a draft ends with an error, and no file is written."""
    must_be_refused(project.populated(), "With two databases")


@needs
@pytest.mark.misconception("every-app-has-as-many-databases")
def test_with_one_database_it_is_the_same(project):
    """The same env.py refuses and drafts in an app that has one database."""
    project.add_scenario("one-database").populated()
    must_be_refused(project, "With one database")
    must_be_drafted(project.drift(CHANGED[""][0]), "The only database differs from the models")


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-hook-knows-who-called")
def test_a_check_that_finds_nothing_is_green(project):
    """`flask db check` is green where nothing is new, and red where something is."""
    clean = project.populated().copy().flask("db", "check")
    assert clean.ok, f"Nothing was new, and `flask db check` failed: {clean.error_line}"
    for bind, (sql, *_) in CHANGED.items():
        drifted = project.copy().drift(sql, bind).flask("db", "check")
        assert not drifted.ok, f"After `{sql}`, `flask db check` found nothing."


@needs
@pytest.mark.guard
@pytest.mark.misconception("an-empty-file-is-a-mistake")
def test_a_revision_can_be_begun_by_hand(project):
    """`flask db revision` writes an empty file, to be filled by hand: so begins one for rows."""
    begun = "flask db revision -m rows --rev-id 0010", "flask db upgrade"
    ended = project.populated().flask_in_turn(*begun)
    assert ended.ok, f"`flask db revision` failed: {ended.error_line}"
    assert project.version == ("0010",), "`flask db revision -m rows` wrote no file."


@needs
@pytest.mark.guard
@pytest.mark.misconception("one-env-py-is-like-another")
def test_both_databases_go_up_and_down(project):
    """`flask db upgrade` and `flask db downgrade` do to both databases what they did."""
    project.empty().upgrade().must_be_in_order()
    before = project.populated().snapshot()
    project.downgrade("0008").upgrade().must_be_in_order()
    assert project.rows("room") == before.rows["room"]
