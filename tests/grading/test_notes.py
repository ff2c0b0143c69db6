"""A right answer hears what another database than SQLite would say of it."""

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import Answer
from remodel.grading.notes import notes_on

FILE = "migrations/versions/0002_a.py"
REVISION = """revision = '{id}'
down_revision = '0001'


def upgrade():
    {line}
"""


def notes(line: str = "pass", name: str = "0002") -> str:
    """What is noted of an answer to add-a-column with such a revision."""
    exercise = find_course().exercise("add-a-column")
    content = REVISION.format(id=name, line=line).encode()
    return " ".join(notes_on(Answer(exercise, "a", {**exercise.given, FILE: content})))


def test_an_id_that_is_too_long_is_noted() -> None:
    """SQLite takes it, and PostgreSQL has no room for it."""
    assert "has 33 characters" in notes(name="a" * 33)
    assert notes(name="a" * 32) == ""


@pytest.mark.parametrize(
    "line",
    [
        """op.execute('UPDATE furniture SET colour = "unknown"')""",
        """op.get_bind().execute(sa.text('DELETE FROM room WHERE name IN ("a", \\'b\\')'))""",
        """op.execute('INSERT INTO room (name) VALUES ("attic")')""",
    ],
)
def test_a_text_in_double_quotes_is_noted(line: str) -> None:
    """With its file and line, and what to write instead."""
    assert f"{FILE}:6 has" in notes(line)
    assert "single quotes" in notes(line)


@pytest.mark.parametrize(
    "line",
    [
        """op.execute('UPDATE furniture SET colour = "name"')""",
        """op.execute('INSERT INTO "room" ("id", "name") SELECT 1, \\'say "yes"\\'')""",
        """op.execute("UPDATE furniture SET colour = 'unknown'")""",
        """op.execute(f'UPDATE furniture SET colour = "{NAME}"')""",
    ],
    ids=["a column", "names", "single quotes", "computed"],
)
def test_a_name_in_double_quotes_is_not(line: str) -> None:
    """Nor is a quote inside a text, or what nobody can read without running it."""
    assert notes(line) == ""
