"""The line that says what went wrong, out of all that a command printed."""

import pytest

from remodel.runner import Completed
from remodel.runner.error_lines import error_lines, place_of_error

TRACEBACK = """\
INFO  [alembic.runtime.migration] Running upgrade 0004 -> 0005
Traceback (most recent call last):
  File "/usr/lib/python3/site-packages/alembic/op.py", line 3, in run
    go()
  File "migrations/versions/0005_size.py", line 14, in upgrade
    op.add_column('room', sa.Column('size', sa.Text()))
sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) duplicate column name: size
[SQL: ALTER TABLE room
   ADD COLUMN size TEXT]
(Background on this error at: https://sqlalche.me/e/20/e3q8)
"""


def test_the_error_and_the_statement_are_taken_from_a_traceback() -> None:
    """Neither the frames nor SQLAlchemy's link; a statement on one line."""
    assert error_lines(TRACEBACK) == [
        "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) duplicate column name: size",
        "[SQL: ALTER TABLE room ADD COLUMN size TEXT]",
    ]
    assert place_of_error(TRACEBACK) == "migrations/versions/0005_size.py:14"


@pytest.mark.parametrize(
    ("stderr", "line"),
    [
        ("", "(it printed nothing)"),
        ("INFO  [alembic] Running upgrade 0004 -> 0005\n", "(it printed no error)"),
        ("Error: The piece was refused.\n", "Error: The piece was refused."),
        ("Error: no app\nError: No such command 'db'.\n", "Error: no app"),
        ("ValueError:\n", "ValueError: (no message)"),
        ("some words\nlast words\n", "last words"),
        ("no column b\nLINE 1: SELECT a.b\n               ^\nHINT:  Try c.\n", "no column b"),
        ("E" * 300, "E" * 217 + "…"),
    ],
)
def test_there_is_always_one_line(stderr: str, line: str) -> None:
    """Flask's last words hide why the app could not be loaded; what is long is cut."""
    assert Completed(1, "", stderr, 0.1).error_line == line


@pytest.mark.parametrize(
    ("stopped", "code", "line"),
    [
        ("time", None, "It did not end within its time limit and was stopped."),
        ("output", None, "It printed more than 8 MB and was stopped."),
        (None, -9, "It crashed: its process was killed."),
        (None, 1, "the last words"),
    ],
)
def test_who_was_stopped_has_not_printed_what_went_wrong(
    stopped: str | None, code: int | None, line: str
) -> None:
    """How a command was ended goes before the last line that it printed on the way."""
    assert Completed(code, "", "the last words\n", 1.0, stopped).error_line == line
