"""What Alembic says of itself at each command is folded, and tracebacks are told briefly."""

import io
from pathlib import Path

import pytest

from remodel.playground.set_up_lines import folded
from remodel.playground.traceback_lines import shortened

SET_UP = (
    "INFO  [alembic.runtime.migration] Context impl SQLiteImpl.\n"
    "INFO  [alembic.runtime.migration] Will assume non-transactional DDL.\n"
)
RUNNING = "INFO  [alembic.runtime.migration] Running upgrade  -> 0001, baseline\n"


FOLDER = Path("/tmp/hearth-1")
LIBRARY = """  File "/opt/lib/flask_migrate/__init__.py", line 111, in wrapped
    f(*args, **kwargs)
    ~^^^^^^^^^^^^^^^^^
"""
ENVIRONMENT = """  File "/tmp/hearth-1/migrations/env.py", line 100, in run_migrations_online
    context.run_migrations()
"""
OWN = """  File "/tmp/hearth-1/migrations/versions/0002_.py", line 9, in upgrade
    op.add_column("room", sa.Column("size", sa.Integer()))
"""
FIRST = "sqlite3.OperationalError: duplicate column name: size\n"
CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
LAST = "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) duplicate\n[SQL: ALTER TABLE]\n"
HEAD = "Traceback (most recent call last):\n"
TRACE = f"{HEAD}{LIBRARY}{FIRST}{CAUSE}{HEAD}{LIBRARY}{ENVIRONMENT}{OWN}{LIBRARY}{LAST}"
BRIEF = f"{OWN.replace('/tmp/hearth-1/', '')}{LAST}"


def brief(text: str) -> str:
    return shortened(text, FOLDER)


def shown(text: str, size: int) -> tuple[str, list[str]]:
    """What is handed on of a text that comes in pieces of that size, and what is folded."""
    stream, folds = io.StringIO(), list[str]()
    with folded(stream, folds.append, brief) as fold:
        for at in range(0, len(text), size):
            fold.write(text[at : at + size])
            fold.flush()
    return stream.getvalue(), folds


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_set_up_is_folded_once_for_each_command(size: int) -> None:
    """In whatever pieces it comes, and also where nothing follows."""
    text = f"{SET_UP}{RUNNING}INFO  [x] y\n{SET_UP}INF"
    assert shown(text, size) == (f"{RUNNING}INFO  [x] y\nINF", [SET_UP, SET_UP])
    assert shown(SET_UP, size) == ("", [SET_UP])


def test_a_question_without_an_end_of_line_is_shown_at_once() -> None:
    """Nobody would answer what they do not see."""
    stream = io.StringIO()
    with folded(stream, lambda text: None, brief) as fold:
        fold.write("Are you sure? ")
        assert stream.getvalue() == "Are you sure? "


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_of_a_traceback_the_learners_lines_and_its_end_are_shown(size: int) -> None:
    """One that is the cause of another is no end, and what is logged after it is another thing."""
    assert shown(f"{SET_UP}{RUNNING}{TRACE}", size) == (f"{RUNNING}{BRIEF}", [SET_UP])
    assert shown(f"{TRACE}{RUNNING}", size) == (f"{BRIEF}{RUNNING}", [])


def test_the_environment_file_is_named_where_no_other_file_of_the_learners_is() -> None:
    """Every command goes through it, so otherwise it says nothing."""
    end = f"{ENVIRONMENT.replace('/tmp/hearth-1/', '')}{LAST}"
    assert brief(f"{HEAD}{LIBRARY}{ENVIRONMENT}{LIBRARY}{LAST}") == end


def test_a_cell_is_named_as_a_cell() -> None:
    """Its text lies in a file that nobody knows."""
    frame = '  File "/tmp/ipykernel_7/123.py", line 3, in <module>\n    hall.id\n'
    assert brief(f"{HEAD}{LIBRARY}{frame}NameError: hall\n") == (
        "  Your cell, line 3\n    hall.id\nNameError: hall\n"
    )
