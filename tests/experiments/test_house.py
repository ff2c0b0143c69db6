"""What an experiment prints of its steps: the command, the telling lines, the rows, the edit."""

from pathlib import Path

from remodel.experiments.house import copy_of, house, runner
from remodel.experiments.printing import LINES, command_shown, edit_shown, query_shown
from remodel.runner import Completed

__all__ = ["copy_of", "house", "runner"]


def test_every_step_is_shown_with_what_came_back(house, capsys):
    house.add_column("size: Mapped[str]")
    house.flask("db", "migrate", "--rev-id", "0002")
    house.flask("db", "upgrade")
    house.page("/")
    shown = capsys.readouterr().out
    assert "edit hearth/models.py\n+    size: Mapped[str]\n" in shown
    assert "Detected added column 'room.size'\nGenerating migrations/versions/0002_.py" in shown
    assert "$ flask db upgrade\nsqlalchemy.exc.OperationalError: (sqlite3.Operational" in shown
    assert "(exit 1)\n" in shown
    assert "GET /\n503\n" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_what_is_typed_into_the_shell_is_shown_up_to_its_error(house, capsys):
    capsys.readouterr()
    assert house.shell("print(db.session.get(Room, 1).name)").stdout == "Kitchen\n"
    failed = house.shell('db.session.add(Room(name="Study"))', "db.session.commit()", "print(1)")
    assert not failed.ok
    shown = capsys.readouterr().out
    assert "$ flask shell\n>>> print(db.session.get(Room, 1).name)\nKitchen\n\n" in shown
    assert "failed: room.name\n" in shown
    assert "\n1\n" not in shown


def test_what_every_command_prints_is_left_out(house, capsys):
    capsys.readouterr()
    assert "Will assume" in house.flask("db", "current").stderr
    assert capsys.readouterr().out == "$ flask db current\n0001 (head)\n\n"


def test_of_two_tracebacks_the_last_is_told():
    error = (
        "Traceback (most recent call last):\n  File x\nfirst.Error: a\n\n"
        "The above exception was the direct cause of the following exception:\n\n"
        "Traceback (most recent call last):\n  File y\n    ^^^\nlast.Error: b\n"
    )
    told = command_shown(("db", "upgrade"), Completed(1, "", error, 0.1), Path("/house"))
    assert told == "$ flask db upgrade\nlast.Error: b\n(exit 1)"


def test_what_differs_from_run_to_run_is_left_out():
    """The place of a library, an id that Alembic made up, and the order of a set."""
    said = (
        "/usr/lib/site-packages/alembic/env.py:3: Warning\n"
        "INFO  [a] Detected removed table 'room'\nINFO  [a] Detected removed table 'bed'\n"
        "Generating versions/ab12cd34ef56_.py ...  done\n"
    )
    shown = command_shown(("db", "migrate"), Completed(0, "", said, 0.1), Path("/house"))
    assert shown.splitlines()[1:] == [
        "…/alembic/env.py:3: Warning",
        "INFO  [a] Detected removed table 'bed'",
        "INFO  [a] Detected removed table 'room'",
        "Generating versions/1a2b3c4d5e6f_.py ...  done",
    ]


def test_of_a_long_statement_the_first_line_is_shown():
    """Behind it stand the lines that tell."""
    said = "Error: x\n[SQL: \nCREATE TABLE a (\n b,\n c,\n d\n)]\n[SQL: SELECT a\nFROM b]\n"
    shown = command_shown(("db", "upgrade"), Completed(1, "", said, 0.1), Path("/house"))
    wanted = "Error: x\n[SQL: CREATE TABLE a ( …]\n[SQL: SELECT a\nFROM b]\n(exit 1)"
    assert shown.partition("\n")[2] == wanted


def test_a_command_that_fails_without_a_word_shows_its_last_line():
    """Though every command prints that line."""
    said = "INFO  [alembic.runtime.migration] Will assume non-transactional DDL.\n"
    shown = command_shown(("db", "stamp", "x"), Completed(1, "", said, 0.1), Path("/house"))
    assert shown == f"$ flask db stamp x\n{said}(exit 1)"


def test_a_command_that_was_stopped_says_so():
    told = command_shown(("db", "upgrade"), Completed(None, "", "", 10.0, "time"), Path("/house"))
    assert told == "$ flask db upgrade\n(exit stopped)"


def test_rows_are_shown_up_to_a_number(house, capsys):
    assert query_shown("SELECT x", [(None, 1)]) == "sql> SELECT x\nNULL | 1"
    assert query_shown("SELECT x", [(1,)] * (LINES + 2)).endswith("1\n… and 2 more")
    assert query_shown("SELECT x", []) == "sql> SELECT x\n(no rows)"
    assert query_shown("DELETE FROM x", []) == "sql> DELETE FROM x"


def test_an_edit_shows_what_went_and_what_came():
    assert edit_shown("a.py", "one\ntwo\n", "one\nthree\n") == "edit a.py\n-two\n+three"


def test_the_database_can_be_another_one(house, tmp_path, capsys):
    house.use(f"sqlite:///{tmp_path / 'other.db'}")
    assert house.flask("db", "upgrade").ok
    assert house.sql("SELECT count(*) FROM room") == [(0,)]
    assert house.columns("room") == {"id", "name", "colour"}
    house.use(None)
    assert house.sql("SELECT count(*) FROM room") != [(0,)]


def test_a_password_is_never_shown(house, capsys):
    house.use("postgresql+psycopg://me:secret@127.0.0.1/hearth")
    assert "secret" not in capsys.readouterr().out
