"""What a grader can demand of databases, and the one meaning that "lost" has."""

import re

import pytest

from remodel.course.catalog import find_course
from remodel.database.sqlite import run_script
from remodel.errors import CourseError
from remodel.grading.answer import solution
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

BASE = """
CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT, size INTEGER);
INSERT INTO room VALUES (1, 'Kitchen', 12), (2, 'Hall', NULL);
CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT);
"""


@pytest.fixture
def project() -> Project:
    """A project with the database of BASE; nothing is run on it."""
    answer = solution(find_course().exercise("wrong-stamp"))
    made = Project(answer, Workspace(open_runner("inline")), "1")
    return made.starting_from({"": run_script(b"", BASE)}, "laptop")


def after(project: Project, sql: str) -> Project:
    """The same database after `sql`."""
    return project.starting_from({"": run_script(project.databases[""], sql)}, "laptop")


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE room ADD COLUMN colour TEXT",
        "CREATE TABLE lamp (id INTEGER); INSERT INTO lamp VALUES (1)",
        "UPDATE room SET name = upper(name) WHERE 0",
    ],
)
def test_what_is_added_is_no_loss(project: Project, sql: str) -> None:
    """New columns and new tables take nothing away."""
    before = project.snapshot()
    after(project, sql).must_keep(before)


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("DELETE FROM room WHERE id = 2", "room row 2 is gone; its name was 'Hall'."),
        ("UPDATE room SET size = NULL", "row 1 after:  room.size = NULL"),
        ("UPDATE room SET name = CAST(name AS BLOB)", "row 1 before: room.name = 'Kitchen'"),
        ("INSERT INTO room VALUES (3, 'Attic', 4)", "On laptop, room has rows that nobody wrote."),
        ("INSERT INTO shop VALUES (3, 'Oak')", "On laptop, shop has rows that nobody wrote."),
        ("ALTER TABLE room DROP COLUMN size", "The table room has no column size."),
        ("DROP TABLE shop", "There is no table shop."),
        ("UPDATE room SET id = 9 WHERE id = 1", "room row 1 is gone; its name was 'Kitchen'."),
    ],
)
def test_what_is_lost_is_refused(project: Project, sql: str, sentence: str) -> None:
    """A table, a column, a row or a value that is not as it was; a row under another key."""
    before = project.snapshot()
    with pytest.raises(Refused) as refused:
        after(project, sql).must_keep(before)
    assert sentence in refused.value.lines


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE room SET size = 0 WHERE size IS NULL", "row 2 has 0; it should have NULL."),
        ("UPDATE room SET size = 12.5 WHERE id = 1", "row 1 has 12.5; it should have 12."),
        ("INSERT INTO shop VALUES (3, 'Oak')", "shop has a new row 3 that nobody wrote."),
        ("DELETE FROM room WHERE id = 2", "room row 2 is gone."),
        ("ALTER TABLE room DROP COLUMN size", "The table room has no column size."),
    ],
)
def test_what_another_database_holds_is_all_that_may_be_there(
    project: Project, sql: str, line: str
) -> None:
    """A value or a row too many is refused as one too few, and the row is named."""
    wanted = project.snapshot()
    with pytest.raises(Refused) as refused:
        after(project, sql).must_hold(wanted)
    assert line in refused.value.lines


def test_what_another_database_has_not_is_left_to_the_schema(project: Project) -> None:
    """A new table is no row too many: whether it may be there is another question."""
    wanted = project.snapshot()
    after(project, "CREATE TABLE lamp (id INTEGER)").must_hold(wanted)


def test_a_copy_in_order_has_its_names_and_no_default_of_its_own(project: Project) -> None:
    """An index under another name, or a default that stayed, is refused on a repaired copy."""
    project.populated().must_be_in_order()
    whole = project.databases
    for sql, word in (
        (
            "DROP INDEX ix_furniture_room_id; CREATE INDEX by_room ON furniture (room_id)",
            "ix_furniture_room_id",
        ),
        (
            "ALTER TABLE room DROP COLUMN size;"
            "ALTER TABLE room ADD COLUMN size VARCHAR(20) NOT NULL DEFAULT 'unknown'",
            "server default",
        ),
    ):
        spoiled = project.starting_from({"": run_script(whole[""], sql)}, "laptop")
        with pytest.raises(Refused, match=word):
            spoiled.must_be_in_order()


def test_a_database_is_at_the_head_where_it_says_so(project: Project) -> None:
    """Only the version table counts, and the copy is named as the story names it."""
    with pytest.raises(Refused) as refused:
        project.must_be_at_head()
    (head,) = project.history.heads
    at = "On laptop, the database says that it is at no revision"
    assert refused.value.lines == (f"{at}; the head of your files is {head}.",)
    after(
        project,
        "CREATE TABLE alembic_version (version_num TEXT);"
        f"INSERT INTO alembic_version VALUES ('{head}')",
    ).must_be_at_head()


def test_a_command_is_written_whole(project: Project) -> None:
    """`must("db", "current")` would run `flask current`."""
    with pytest.raises(CourseError, match="write the whole command"):
        project.must("db", "current")


def test_a_rule_that_lost_its_name_is_lost(project: Project) -> None:
    """The table is there, and the rows, and the rule: what it was called is gone."""
    before = after(
        project, "CREATE TABLE lamp (id INTEGER PRIMARY KEY, CONSTRAINT uq_lamp UNIQUE (id))"
    ).snapshot()
    made_again = after(
        project, "DROP TABLE lamp; CREATE TABLE lamp (id INTEGER PRIMARY KEY UNIQUE)"
    )
    with pytest.raises(Refused, match=r"On laptop, the unique rule \(id\) of lamp was called uq_"):
        made_again.must_keep(before)


RULES = """
CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT IGNORE);
CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT UNIQUE ON CONFLICT REPLACE,
    room_id INTEGER REFERENCES room (id) ON DELETE CASCADE, size INTEGER CHECK (size > 0));
INSERT INTO room VALUES (1, 'Kitchen'), (2, 'Hall');
INSERT INTO shop VALUES (1, 'Oak', 1, 4), (2, 'Elm', 1, 4);
"""


@pytest.mark.parametrize(
    ("statement", "did"),
    [
        ("INSERT INTO room (name) VALUES ('Kitchen')", "dropped it without a word"),
        ("INSERT INTO shop (name) VALUES ('Oak')", "gave up another row for it"),
        ("UPDATE shop SET name = 'Oak' WHERE id = 2", "gave up another row for it"),
        ("DELETE FROM room WHERE id = 1", "took it, and other rows along"),
        ("INSERT INTO room (name) VALUES ('Attic')", "took it"),
        ("UPDATE shop SET size = 9", "took it"),
        ("DELETE FROM room WHERE id = 2", "took it"),
    ],
)
def test_what_is_not_refused_is_told_with_what_came_of_it(
    project: Project, statement: str, did: str
) -> None:
    """Whoever has to refuse a statement hears what the database did with it instead."""
    project.starting_from({"": run_script(b"", RULES)})
    with pytest.raises(Refused, match=rf"(?s){re.escape(statement)}.*It {did}\.$"):
        project.must_refuse(statement)


def test_a_statement_is_refused_or_taken_by_itself(project: Project) -> None:
    """Each is tried on the database as it was, and none of them is kept."""
    before = project.starting_from({"": run_script(b"", RULES)}).snapshot()
    project.must_refuse("UPDATE shop SET size = 0", "INSERT INTO shop (room_id) VALUES (7)")
    project.must_take("DELETE FROM shop", "UPDATE shop SET size = 1")
    assert project.snapshot() == before
    with pytest.raises(Refused, match="breaks no rule"):
        project.must_take("UPDATE shop SET size = 0")


def test_a_drift_is_kept_and_an_impossible_one_is_told(project: Project) -> None:
    """SQL past the revisions changes the database, or says why it cannot."""
    assert "lamp" in project.drift("CREATE TABLE lamp (id INTEGER)").schema
    with pytest.raises(Refused, match="no such table: photo"):
        project.drift("DELETE FROM photo")


def test_what_a_command_prints_is_compared_line_by_line(project: Project) -> None:
    """A line too few and a line too many are refused, and each is named."""
    current = "flask", "db", "current"
    project.populated().must_print(["0005 (head)"], *current)
    for wanted, sentence in (
        ([], "prints what is not so: 0005"),
        (["0005 (head)", "0006"], "does not print 0006"),
        (["0005 (head)", "0005 (head)"], "prints a row more than once"),
    ):
        with pytest.raises(Refused, match=sentence):
            project.must_print(wanted, *current)


def test_a_command_that_only_prints_changes_nothing(project: Project) -> None:
    """What it prints may be right, and the database is another one afterwards."""
    with pytest.raises(Refused, match="changes the database"):
        project.empty().must_print([], "flask", "db", "upgrade")


def test_the_draft_of_an_exercise_can_be_asked_after_the_answer(project: Project) -> None:
    """What was handed in is put aside in the copy alone."""
    draft = project.copy().as_given()
    assert draft.answer.is_unchanged
    assert not project.answer.is_unchanged
