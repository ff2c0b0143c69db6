"""What a database answers is shown as a table that can be read at a glance."""

import sqlite3
from contextlib import closing

from remodel.database.answers import answer_lines


def _answers(*statements: str) -> list[str]:
    """What a new database answers to the last of these."""
    with closing(sqlite3.connect(":memory:")) as connection:
        *before, last = statements
        for statement in before:
            connection.execute(statement)
        return answer_lines(connection.execute(last))


def test_rows_stand_in_columns_under_their_names() -> None:
    """A short cell is filled up, and NULL is a word."""
    assert _answers("SELECT 1 AS id, 'Kitchen' AS name UNION SELECT 12, NULL") == [
        "id | name",
        "---+--------",
        "1  | Kitchen",
        "12 | NULL",
    ]


def test_one_column_needs_no_head() -> None:
    """The query says what it asked for."""
    assert _answers("SELECT count(*) FROM sqlite_master") == ["0"]


def test_no_rows_and_changed_rows_are_said_in_words() -> None:
    """A query that finds nothing differs from a statement that has no answer."""
    made = "CREATE TABLE room (id, name)"
    assert _answers(made) == []
    assert _answers(made, "SELECT * FROM room") == ["(no rows)"]
    assert _answers(made, "INSERT INTO room VALUES (1, NULL)") == ["(1 row changed)"]
    assert _answers(made, "DELETE FROM room") == ["(0 rows changed)"]


def test_a_text_of_several_lines_is_shown_whole() -> None:
    """Like the CREATE statements that SQLite keeps."""
    assert _answers("SELECT 'a', 'CREATE\nTABLE'") == ["a | CREATE\nTABLE"]
