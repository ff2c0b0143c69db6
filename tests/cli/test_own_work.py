"""`diff`, `restore`, `snapshot`, `rewind`, `rows`: a look at one's own work, and the way back."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import BIN, SLUG, Remodel, content, current

PASS, FAIL, NOT_GRADED = 0, 1, 2
MODELS = "hearth/models.py"
BASELINE = "migrations/versions/0001_baseline.py"


def sql(folder: Path, statement: str, name: str = "hearth") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "instance" / f"{name}.db")) as connection, connection:
        return connection.execute(statement).fetchall()


# -- diff and restore --------------------------------------------------------------------------


def test_diff_tells_what_was_changed_since_the_start(learner: Remodel) -> None:
    """Edited, added and missing files; what is not handed in says so."""
    assert learner("diff").stdout == f"You have changed no file of {SLUG} yet.\n"
    learner.solve()
    (learner.begun / "wsgi.py").write_text("x = 1\n", encoding="utf-8")
    (learner.begun / "rows.sql").unlink()
    shown = learner("diff", cwd=learner.begun).stdout
    assert f"{MODELS} (edited)" in shown
    assert ".py (added)" in shown
    assert "wsgi.py (edited; not handed in)" in shown
    assert "rows.sql (missing; not handed in)" in shown
    assert "+    colour: Mapped[str | None]" in shown
    assert ".db" not in shown and "README.md" not in shown


def test_line_ends_alone_are_named_as_such(learner: Remodel) -> None:
    """An editor on Windows changed them, and not a word."""
    file = learner.begun / MODELS
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert f"{MODELS} (the line ends alone)" in learner("diff").stdout


@pytest.mark.parametrize("where", [".", "migrations"])
def test_restore_puts_a_given_file_back_and_keeps_what_was_there(
    learner: Remodel, where: str
) -> None:
    """From any folder of the exercise, by the path that the verdict shows."""
    file = learner.begun / BASELINE
    given = file.read_bytes()
    file.write_bytes(given + b"# mine\n")
    before = content(learner.begun)
    done = learner("restore", BASELINE, cwd=learner.begun / where)
    assert done.returncode == PASS, done.stderr
    assert file.read_bytes() == given
    (kept,) = learner.course.glob(f"playground/backups/{SLUG}-*/{BASELINE}")
    assert kept.read_bytes() == given + b"# mine\n"
    after = content(learner.begun)
    assert {name for name in before if before[name] != after.get(name)} == {BASELINE}


@pytest.mark.parametrize("made", ["mkdir", "mkfifo", "ln -s 0001_baseline.py"])
def test_what_is_no_file_any_more_is_put_back_too(learner: Remodel, made: str) -> None:
    """A folder, a pipe, or a link to itself, is kept as anything else."""
    file = learner.begun / BASELINE
    given = file.read_bytes()
    file.unlink()
    subprocess.run([*made.split(), str(file)], check=True)
    done = learner("restore", BASELINE)
    assert done.returncode == PASS, done.stderr
    assert file.read_bytes() == given and not file.is_symlink()
    (kept,) = learner.course.glob(f"playground/backups/{SLUG}-*/{Path(BASELINE).parent}/*")
    assert kept.name == file.name


def test_a_missing_file_comes_back_and_its_double_is_named(learner: Remodel) -> None:
    """Alembic takes one file of each revision."""
    file = learner.begun / BASELINE
    file.rename(file.with_name("0001_x.py"))
    done = learner("restore", BASELINE)
    assert file.is_file()
    assert "migrations/versions/0001_x.py is the same revision" in done.stdout
    assert not list(learner.course.glob("playground/backups/*"))


def test_restore_without_a_file_names_those_that_differ(learner: Remodel) -> None:
    """So that nobody has to guess a path."""
    assert "is as it was" in learner("restore").stderr
    (learner.begun / BASELINE).unlink()
    done = learner("restore")
    assert done.returncode == NOT_GRADED
    assert f"  remodel restore {BASELINE}\n" in done.stderr


@pytest.mark.parametrize("file", ["nope.py", "../../../README.md", "/etc/passwd"])
def test_what_was_never_given_is_not_restored(learner: Remodel, file: str) -> None:
    """Nothing is written, inside of the exercise or outside."""
    before = content(learner.course)
    done = learner("restore", file)
    assert done.returncode == NOT_GRADED
    assert "gave no file" in done.stderr
    assert content(learner.course) == before


def test_the_verdict_says_how_to_put_a_file_back(learner: Remodel) -> None:
    """The line in it can be typed, and helps."""
    (learner.begun / BASELINE).write_text("# nothing\n", encoding="utf-8")
    told = " ".join(learner("check").stdout.split())
    assert f"`remodel restore {BASELINE}`" in told
    assert learner("restore", BASELINE, cwd=learner.begun).returncode == PASS
    assert "remodel restore" not in learner("check").stdout


@pytest.mark.parametrize("command", ["diff", "restore"])
def test_a_lessons_app_is_not_taken_for_the_last_exercise(
    learner: Remodel, tmp_path: Path, command: str
) -> None:
    """Its own folder is meant, of whose first text nothing is known."""
    app = shutil.copytree(learner.begun, tmp_path / "lesson")
    (app / ".remodel.json").unlink()
    done = learner(command, cwd=app)
    assert done.returncode == NOT_GRADED
    assert "is no exercise of the course" in done.stderr


# -- snapshot and rewind -----------------------------------------------------------------------


def test_rewind_goes_back_to_the_last_snapshot_and_can_be_taken_back(learner: Remodel) -> None:
    """The databases alone: the files stay as they are."""
    count = "SELECT count(*) FROM furniture"
    rows = sql(learner.begun, count)
    assert learner("snapshot").returncode == PASS
    sql(learner.begun, "DELETE FROM furniture")
    (learner.begun / MODELS).write_text("# mine\n", encoding="utf-8")
    for _ in range(2):  # what a rewind took away is not where the next one goes
        done = learner("rewind")
        assert done.returncode == PASS, done.stderr
        assert sql(learner.begun, count) == rows
        sql(learner.begun, "DELETE FROM furniture")
    undo = done.stdout.splitlines()[-1].split()[-1]
    assert learner("rewind", undo).returncode == PASS
    assert sql(learner.begun, count) == [(0,)]
    assert (learner.begun / MODELS).read_text(encoding="utf-8") == "# mine\n"


def test_a_snapshot_has_a_name_and_the_start_is_one(learner: Remodel) -> None:
    """A second database, such as a copy, belongs to it."""
    learner.solve()
    assert "remodel rewind before-colour" in learner("snapshot", "before-colour").stdout
    learner.run(str(BIN / "flask"), "db", "upgrade", cwd=learner.begun)
    (learner.begun / "instance" / "copy.db").write_bytes(b"")
    assert current(learner.begun) == "0002"
    assert learner("rewind", "before-colour").returncode == PASS
    assert current(learner.begun) == "0001"
    assert not (learner.begun / "instance" / "copy.db").exists()
    names = learner("rewind", "--list").stdout.splitlines()
    assert names == ["rewound-1", "before-colour", "start"]
    assert "Kept as 1." in learner("snapshot").stdout
    assert "Kept as 2." in learner("snapshot").stdout
    assert learner("rewind", "start").returncode == PASS


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["rewind", "nope"], "no snapshot called nope. There are start."),
        (["snapshot", "../x"], "cannot be called"),
        (["snapshot", "start"], "already"),
    ],
)
def test_a_snapshot_that_cannot_be_is_one_message(
    learner: Remodel, words: list[str], reason: str
) -> None:
    """And nothing is changed."""
    before = content(learner.begun)
    done = learner(*words)
    assert (done.returncode, "Traceback" in done.stderr) == (NOT_GRADED, False)
    assert reason in " ".join(done.stderr.split())
    assert content(learner.begun) == before


def test_what_a_killed_command_left_beside_a_database_goes_with_it(learner: Remodel) -> None:
    """A journal of the database that was would be rolled back into the one that comes."""
    journal = learner.begun / "instance" / "hearth.db-journal"
    journal.write_bytes(b"not a journal")
    assert learner("rewind", "start").returncode == PASS
    assert not journal.exists()


# -- rows --------------------------------------------------------------------------------------


def test_rows_shows_values_as_sql_writes_them(learner: Remodel) -> None:
    """NULL, an empty text and a number can be told apart; nothing is changed."""
    sql(learner.begun, "CREATE TABLE lamp (id INTEGER PRIMARY KEY, name TEXT, watts, data)")
    sql(learner.begun, "INSERT INTO lamp VALUES (1, '', NULL, X'00ff'), (2, 'NULL', '1', 1)")
    before = content(learner.begun)
    assert [line.split() for line in learner("rows", "lamp").stdout.splitlines()] == [
        ["id", "name", "watts", "data"],
        ["1", "''", "NULL", "X'00ff'"],
        ["2", "'NULL'", "'1'", "1"],
    ]
    assert content(learner.begun) == before


def test_rows_says_how_many_there_are_more(learner: Remodel) -> None:
    """The first of them, and all with --all; none is said in words."""
    for number in range(100, 130):
        sql(learner.begun, f"INSERT INTO room (id, name) VALUES ({number}, 'room {number}')")
    some, every = learner("rows", "room").stdout, learner("rows", "room", "--all").stdout
    assert "remodel rows room --all" in some and "room 129" not in some
    assert "room 129" in every and "--all" not in every
    sql(learner.begun, "DELETE FROM room")
    assert learner("rows", "room").stdout == "room has no rows.\n"


@pytest.mark.parametrize("columns", ["60", "80"])
def test_a_long_value_goes_on_below_and_no_letter_is_lost(learner: Remodel, columns: str) -> None:
    """Nothing is cut at the margin."""
    value = "".join(chr(97 + place % 26) for place in range(70))
    sql(learner.begun, f"UPDATE furniture SET name = '{value}' WHERE id = 1")
    shown = learner("rows", "furniture", COLUMNS=columns).stdout
    assert max(map(len, shown.splitlines())) <= int(columns)
    start = shown.splitlines()[0].index("name")
    end = shown.splitlines()[0].index("room_id")
    cells = "".join(line[start:end].strip() for line in shown.splitlines()[1:])
    assert value in cells


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["rows", "nope"], "hearth.db has no table nope. It has alembic_version, furniture, room."),
        (["rows", "room", "--database", "x"], "There is no database x. There are hearth.db."),
    ],
)
def test_what_has_no_rows_is_one_message(learner: Remodel, words: list[str], reason: str) -> None:
    """What there is, is named."""
    done = learner(*words)
    assert done.returncode == NOT_GRADED
    assert reason in " ".join(done.stderr.split())


def test_a_folder_in_the_place_of_a_database_is_no_snapshot(learner: Remodel) -> None:
    """To keep it would be to keep nothing; the line says what is in the way."""
    database = learner.begun / "instance" / "hearth.db"
    database.unlink()
    database.mkdir()
    refused = learner("snapshot", cwd=learner.begun)
    assert refused.returncode == 2
    assert "is a folder, no database" in " ".join(refused.stderr.split())
