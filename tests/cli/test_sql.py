"""`remodel sql` puts statements to the database of the app in whose folder one stands."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Remodel


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A folder of an app whose database holds one room."""
    (tmp_path / "app" / "instance").mkdir(parents=True)
    with closing(sqlite3.connect(tmp_path / "app" / "instance" / "hearth.db")) as connection:
        connection.execute("CREATE TABLE room (name, size)")
        connection.execute("INSERT INTO room VALUES ('Kitchen', NULL)")
        connection.commit()
    return tmp_path / "app"


def test_a_statement_is_answered_in_rows(looking: Remodel, app: Path) -> None:
    """They stand under the names of their columns; a folder inside of the app is the app's, too."""
    done = looking("sql", "SELECT * FROM room", cwd=app / "instance")
    assert (done.stdout, done.returncode) == ("name    | size\n--------+-----\nKitchen | NULL\n", 0)


def test_what_is_changed_stays_and_a_mistake_ends_nothing(looking: Remodel, app: Path) -> None:
    """Statements are answered one after the other, until an empty line."""
    typed = "UPDATE room SET size = 4\nSELEKT\nSELECT size FROM room\n\nSELECT 1\n"
    done = looking("sql", cwd=app, typed=typed)
    answers = done.stdout.removesuffix("sql> ").splitlines()
    wrong = ['sql> Error: near "SELEKT": syntax error', "(An empty line ends sql>)"]
    assert answers == ["sql> (1 row changed)", *wrong, "sql> 4"]
    assert looking("sql", "SELECT size FROM room", cwd=app).stdout == "4\n"


@pytest.mark.parametrize("word", ["exit", "quit()"])
def test_what_ends_another_prompt_ends_this_one(looking: Remodel, app: Path, word: str) -> None:
    """Nobody is told that it is no SQL."""
    done = looking("sql", cwd=app, typed=f"{word}\nSELECT 1\n")
    assert (done.stdout, done.returncode) == ("sql> ", 0)


def test_a_statement_without_an_answer_prints_nothing(looking: Remodel, app: Path) -> None:
    assert looking("sql", "DROP TABLE room", cwd=app).stdout == ""


def test_no_value_commands_the_terminal(looking: Remodel, app: Path) -> None:
    """What would clear the screen, ring, or turn a line round is written out."""
    done = looking("sql", "SELECT char(27, 91, 50, 74, 7, 8238) || 'x'", cwd=app)
    assert done.stdout == "\\x1b[2J\\x07\\u202ex\n"


@pytest.mark.parametrize(
    ("words", "where", "expected"),
    [
        (("SELEKT",), "", "syntax error"),
        (("SELECT 1", "--database", "archive"), "", "There is: hearth"),
        (("SELECT 1",), "..", "no folder of an app"),
    ],
)
def test_a_mistake_is_one_message(
    looking: Remodel, app: Path, words: tuple[str, ...], where: str, expected: str
) -> None:
    """It says what is there instead, and the exit code is 2."""
    done = looking("sql", *words, cwd=app / where)
    assert done.returncode == 2
    assert expected in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
