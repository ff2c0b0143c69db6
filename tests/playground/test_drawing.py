"""What `look()` draws in a notebook: revisions with their branches, tables with what is new."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from remodel.errors import RemodelError
from remodel.history import read_history
from remodel.notebook import look, rows
from remodel.playground.drawing import draw_history
from remodel.playground.state import DatabaseState, state_with


def revisions(**down: str) -> dict[str, bytes]:
    """Revision files: each name with what it stands on, "" for nothing."""
    return {
        f"migrations/versions/{name}.py": (
            f'"""step {name}"""\nrevision = {name!r}\ndown_revision = {tuple(on.split())!r}\n'
        ).encode()
        for name, on in down.items()
    }


def drawn(files: dict[str, bytes], **at: tuple[str, ...]) -> list[str]:
    history = read_history(files)
    databases = tuple(
        DatabaseState(
            name=name,
            file=name,
            at=revisions,
            unknown=tuple(set(revisions) - history.ids),
            compared=False,
            tables=(),
        )
        for name, revisions in at.items()
    )
    return draw_history(state_with(history, databases), {name: name for name in at})


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app's folder with an empty database in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instance").mkdir()
    sql(tmp_path, "CREATE TABLE room (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL)")
    return tmp_path


def sql(home: Path, *statements: str, database: str = "hearth.db") -> None:
    with closing(sqlite3.connect(home / "instance" / database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_line_of_revisions_stands_newest_first() -> None:
    assert drawn(revisions(a="", b="a"), house=("a",)) == [
        "○  b  step b  (head)",
        "●  a  step a  ← house is here",
    ]


def test_two_heads_are_two_branches() -> None:
    assert drawn(revisions(a="", b="a", c="a"), house=("c",)) == [
        "●  c  step c  (head)  ← house is here",
        "│ ○  b  step b  (head)",
        "├─╯",
        "○  a  step a",
    ]


def test_a_merge_brings_branches_together() -> None:
    assert drawn(revisions(a="", b="a", c="a", d="b c"), house=("b", "c")) == [
        "○  d  step d  (head)",
        "├─╮",
        "│ ●  c  step c  ← house is here",
        "● │  b  step b  ← house is here",
        "├─╯",
        "○  a  step a",
    ]


def test_branches_that_begin_apart_stay_apart() -> None:
    assert drawn(revisions(a="", b="", c="a"), house=()) == [
        "○  c  step c  (head)",
        "│ ○  b  step b  (head)",
        "○  a  step a",
        "house records no revision yet.",
    ]


def test_a_revision_that_no_file_has_is_named() -> None:
    assert drawn(revisions(a=""), house=("z",))[-1] == (
        "! house is at z, and no file has that revision."
    )


def test_an_app_without_migrations_or_database_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    look()
    assert capsys.readouterr().out == "\nThere is no database yet.\n"
    (tmp_path / "migrations").mkdir()
    look()
    assert capsys.readouterr().out == "\nThere are no revisions yet.\nThere is no database yet.\n"


def test_what_came_changed_and_went_since_the_last_look_is_marked(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sql(house, "INSERT INTO room (id, name) VALUES (1, 'Hall')")
    look()
    assert "←" not in capsys.readouterr().out
    sql(
        house,
        "ALTER TABLE room DROP COLUMN name",
        "ALTER TABLE room ADD COLUMN size VARCHAR(20)",
        "INSERT INTO room (size) VALUES ('4x3')",
        "CREATE TABLE lamp (id INTEGER PRIMARY KEY, room_id INTEGER REFERENCES room (id))",
    )
    look()
    assert capsys.readouterr().out.splitlines()[2:] == [
        "  lamp (0 rows)  ← new",
        "      id INTEGER PRIMARY KEY",
        "      room_id INTEGER → room.id",
        "  room (2 rows, 1 before)",
        "      id INTEGER PRIMARY KEY",
        "      size VARCHAR(20)  ← new, with a value in 1 of 2 rows",
        "      (name is gone, and 1 value with it)",
        "      1 row added:",
        "        id 2, size '4x3'",
    ]


def test_a_column_that_became_another_tells_what_it_was(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    look()
    sql(house, "DROP TABLE room", "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT)")
    look()
    assert "name TEXT  ← was: name VARCHAR(80) NOT NULL" in capsys.readouterr().out


def test_a_second_database_is_drawn_after_the_house(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sql(house, "CREATE TABLE sold (what TEXT)", database="archive.db")
    look()
    shown = capsys.readouterr().out
    assert shown.index("hearth.db") < shown.index("archive.db") < shown.index("sold (0 rows)")


def test_the_table_of_the_version_is_drawn_and_marked_when_it_comes(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    look()
    sql(
        house,
        "CREATE TABLE bookmark (version_num VARCHAR(32) NOT NULL)",
        "INSERT INTO bookmark VALUES ('0007')",
    )
    (house / "migrations" / "versions").mkdir(parents=True)
    (house / "migrations" / "versions" / "x.py").write_text("revision = '0007'\n", "utf-8")
    look()
    shown = capsys.readouterr().out
    assert "bookmark (1 row)  ← new" in shown
    assert "●  0007  (head)  ← the database is here" in shown


@pytest.mark.parametrize(
    ("folder", "command"), [("hearth", "flask init-db"), ("migrations", "flask db upgrade")]
)
def test_where_no_database_is_the_command_that_makes_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / folder).mkdir()
    with pytest.raises(RemodelError, match=f"Run: {command}$"):
        rows("SELECT 1")
