"""The copies of the database that graders begin with: what their rows can show."""

import functools
import sqlite3
from collections.abc import Iterator

import pytest

from remodel.course.catalog import find_course
from remodel.database import sqlite
from remodel.database.schema import Column, Table
from remodel.database.value_changes import CATALOGUE, kind_in
from remodel.database.values import Row, Rows
from remodel.grading.project.deployments import Deployments
from remodel.grading.project.state import State
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

CATALOG = find_course()
SLUGS = [each.slug for each in CATALOG.exercises.values() if "*" not in each.standard.unseen]
#: Each exercise, and a column of it, that says why it does without.
WITHOUT = [(slug, column) for slug in SLUGS for column in CATALOG.exercise(slug).standard.unseen]


@functools.cache
def workspace() -> Workspace:
    """One for all of these tests: each database is built once."""
    return Workspace(open_runner("inline"))


def copies(slug: str, seed: str) -> Iterator[tuple[str, State]]:
    """Every database of an exercise's story, by name."""
    exercise = CATALOG.exercise(slug)
    made = Deployments(exercise, workspace(), seed)
    names = [deployment.name for deployment in exercise.deployments]
    for name, databases in [("", made.populated()), *((n, made.databases(n)) for n in names)]:
        yield name, State(databases, exercise.version_table)


def taken(slug: str, table: Table, column: Column, row: Row, value: object) -> bool:
    """Whether the rules that the exercise asks for take `value` in a row like `row`."""
    made = Deployments(CATALOG.exercise(slug), workspace(), "1")
    goal = sqlite.run_script(made.made_by(made.solution)[""], "PRAGMA foreign_keys = OFF")
    try:
        sqlite.insert_rows(goal, table.name, [{**row, column.name: value}])
    except sqlite3.IntegrityError as error:
        return not any(rule in str(error) for rule in ("CHECK", "NOT NULL"))
    return True


def unseen(slug: str, table: Table, column: Column, rows: Rows, by_forms: bool) -> list[str]:
    """The changes that `column` could show and no row of it would."""
    closed = f"{table.name}.{column.name}" in CATALOG.exercise(slug).values
    kind = kind_in(table, column)
    values = [row[column.name] for row in rows]
    return [
        change.name
        for change in CATALOGUE
        if not any(map(change.alters, values))
        and any(
            not closed or taken(slug, table, column, rows[0], example)
            for example in change.examples_for(column, kind)
        )
        and not (by_forms and "NUL" in change.name.split())
    ]


#: Copies in whose story a room was deleted and its contents stayed. SQLite was not asked to look.
WITHOUT_PARENTS = {
    ("three-databases", "production"),
    ("adopt-a-live-database", "production"),
    ("release-command", "both sides"),
}


def misses(slug: str, seed: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each copy, each column of it, and the changes that no row there would show."""
    exercise = CATALOG.exercise(slug)
    by_forms = exercise.changes_by == "models"
    stories = {each.name: each.sql or "" for each in exercise.deployments}
    for name, state in copies(slug, seed):
        # Elsewhere one would hide what a migration makes.
        assert bool(state.orphans()) == ((slug, name) in WITHOUT_PARENTS), f"{slug} {name}"
        for bind in state.databases:
            for table in state.schema(bind).tables.values():
                if "version_num" in table.columns:
                    continue  # Alembic's, of another program
                if f"DELETE FROM {table.name};" in stories.get(name, ""):
                    continue  # there is no row that could show a change
                rows = state.rows(table.name, bind)
                for column in table.columns.values():
                    place = f"{table.name}.{column.name}"
                    yield name, place, unseen(slug, table, column, rows, by_forms)


def refuse_unseen(slug: str, seed: str) -> None:
    for name, column, missing in misses(slug, seed):
        if column not in CATALOG.exercise(slug).standard.unseen:
            assert missing == [], f"{slug} {name} {column}"


@pytest.mark.parametrize("slug", SLUGS)
def test_each_reachable_change_would_alter_a_row_of_every_copy(slug: str) -> None:
    """Of every column of every table, so that a loss is seen whatever the seed."""
    refuse_unseen(slug, "1")


@pytest.mark.parametrize(("slug", "without"), WITHOUT)
def test_who_does_without_for_a_column_has_to(slug: str, without: str) -> None:
    """In some copy of such an exercise no row of that column shows every change."""
    assert any(missing for _, column, missing in misses(slug, "1") if column == without)


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed",
    [pytest.param(str(n), marks=pytest.mark.nightly if n > 5 else []) for n in range(2, 18)],
)
def test_it_would_with_every_seed(seed: str) -> None:
    """Rows vary with the seed; what they can show does not."""
    for slug in SLUGS:
        refuse_unseen(slug, seed)


@pytest.mark.parametrize(
    "slug", ["rename-a-column", "alter-by-hand", "two-databases", "leave-their-tables-alone"]
)
def test_each_table_of_the_big_copy_has_more_than_a_thousand_rows(slug: str) -> None:
    """And of each foreign key, a few rows are without their parent."""
    exercise = CATALOG.exercise(slug)
    state = State(Deployments(exercise, workspace(), "1").big(), exercise.version_table)
    rows = {
        table: len(state.rows(table, bind))
        for bind in state.databases
        for table in state.schema(bind).tables
    }
    assert min(rows.values()) > 1000, rows
    orphans = [orphan[::2] for orphan in state.orphans()]
    keys = {
        (table.name, key.parent)
        for bind in state.databases
        for table in state.schema(bind).tables.values()
        for key in table.foreign_keys
    }
    assert set(orphans) == keys and len(orphans) < 20


#: The rules of constraints-that-hold, each in other words than the solution's.
OTHER_WORDS = """
CREATE TABLE furniture (
    id INTEGER PRIMARY KEY, name VARCHAR(80), pieces INTEGER, room_id INTEGER,
    CHECK (name NOTNULL AND coalesce(pieces, 0) > 0 AND room_id NOTNULL)
);
CREATE TABLE room (id INTEGER PRIMARY KEY, name VARCHAR(80) CHECK (name IS NOT NULL));
CREATE UNIQUE INDEX one ON room (name || '');
CREATE TRIGGER somewhere BEFORE INSERT ON furniture
WHEN NOT EXISTS (SELECT 1 FROM room WHERE id = NEW.room_id)
BEGIN SELECT RAISE(ABORT, 'no such room'); END;
"""


def test_rows_by_the_goal_do_not_depend_on_how_a_rule_is_worded() -> None:
    """NOT NULL may be a CHECK, a unique rule an index, a foreign key a trigger."""
    made = Deployments(CATALOG.exercise("constraints-that-hold"), workspace(), "1")
    own, solved = (
        State(made.filled(databases, by_goal=True), "alembic_version")
        for databases in ({"": sqlite.run_script(b"", OTHER_WORDS)}, made.made_by(made.solution))
    )
    for table in ("room", "furniture"):
        assert own.rows(table).by_key == solved.rows(table).by_key
