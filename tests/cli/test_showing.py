"""`remodel show`: for a person, for a program, as a page, and again at each change."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.conftest import BIN, SLUG, Remodel, in_terminal

PASS, NOT_GRADED = 0, 2


def sql(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "instance" / "hearth.db")) as connection, connection:
        connection.execute(statement)


def test_the_first_look_tells_what_the_first_command_did(learner: Remodel) -> None:
    """How the database was at the start is known, without a look at it before."""
    sql(learner.begun, "DELETE FROM furniture WHERE id = 1")
    told = learner("show").stdout
    assert "1 row lost:" in told and "id 1" in told
    assert learner("show").stdout == told
    sql(learner.begun, "UPDATE furniture SET name = 'Sofa' WHERE id = 2")
    again = learner("show").stdout
    assert "lost" not in again and "→ 'Sofa'" in again


def test_json_page_and_text_are_of_one_state(learner: Remodel, tmp_path: Path) -> None:
    """All three name the exercise, the revisions and the tables."""
    learner.solve()
    learner.run(str(BIN / "flask"), "db", "upgrade", cwd=learner.begun)
    state = json.loads(learner("show", "--json").stdout)
    (database,) = state["databases"]
    assert (state["exercise"], state["heads"], database["at"]) == (SLUG, ["0002"], ["0002"])
    done = learner("show", "--html", str(tmp_path / "state.html"))
    assert (done.returncode, "Written to" in done.stdout) == (PASS, True)
    page, text = (tmp_path / "state.html").read_text(encoding="utf-8"), learner("show").stdout
    for table in database["tables"]:
        for part in (*table["columns"], *table["rules"]):
            assert part["text"] in text
    assert all(f"{table['name']} (" in page for table in database["tables"])


def test_a_files_deletion_shows(learner: Remodel) -> None:
    """A revision whose file is gone is not listed as if it were there."""
    shutil.rmtree(learner.begun / "migrations")
    told = learner("show").stdout
    assert "(its file is missing)" in told
    assert "(head)" not in told


def test_an_app_of_no_exercise_is_shown_where_it_lies(learner: Remodel, tmp_path: Path) -> None:
    """A lesson's app, in its own folder or below."""
    app = tmp_path / "lesson"
    shutil.copytree(learner.begun, app)
    (app / ".remodel.json").unlink()
    told = learner("show", cwd=app / "hearth")
    assert told.returncode == PASS
    assert told.stdout.startswith(f"{app}\n")
    assert SLUG not in told.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
def test_a_colour_is_never_all_that_marks_a_change(learner: Remodel) -> None:
    """In a pipe there is none, and the words are the same; a terminal has both."""
    sql(learner.begun, "DELETE FROM furniture WHERE id = 1")
    shown = in_terminal(learner, "show", SLUG)
    assert "\x1b[31m      1 row lost:" in shown
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert plain.splitlines() == learner("show", SLUG, COLUMNS="60").stdout.splitlines()


def test_what_is_kept_to_compare_is_not_handed_in(learner: Remodel) -> None:
    """The copies of the database are no file of the answer."""
    sql(learner.begun, "DELETE FROM furniture")
    assert learner("show").returncode == PASS
    assert "instance" not in learner("pack").stdout
    assert ".remodel" not in learner("pack").stdout


@contextmanager
def watching(learner: Remodel, *words: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [BIN / "remodel", "show", "--watch", *words],
        cwd=learner.begun,
        env=learner.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def again_and_again(change: "threading.Event", statement: str, folder: Path) -> Iterator[None]:
    """Run `statement` every half second: the watcher begins a moment after its first drawing."""

    def run() -> None:
        while not change.wait(0.5):
            sql(folder, statement)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        change.set()
        thread.join()


def test_watch_draws_again_when_a_command_changes_the_database(learner: Remodel) -> None:
    """What it did is told; Ctrl-C ends it with one word."""
    with watching(learner) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if "Drawn again" in line)
        with again_and_again(
            threading.Event(), "INSERT INTO room (name) VALUES (hex(randomblob(9)))", learner.begun
        ):
            assert next(line for line in lines if "1 row added" in line)
        os.killpg(process.pid, signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
        assert rest.endswith("Stopped.\n") and "Traceback" not in rest
        assert process.returncode == PASS


def test_watch_of_a_folder_that_goes_away_ends_with_one_line(learner: Remodel) -> None:
    """It could not be shown: neither a pass nor a traceback."""
    with watching(learner) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if "Drawn again" in line)
        with again_and_again(
            threading.Event(), "INSERT INTO room (name) VALUES (hex(randomblob(9)))", learner.begun
        ):
            assert next(line for line in lines if "1 row added" in line)
        shutil.rmtree(learner.begun)
        rest, _ = process.communicate(timeout=30)
        assert "is gone" in rest and "Traceback" not in rest
        assert process.returncode == NOT_GRADED


def test_watching_for_a_program_is_refused(learner: Remodel) -> None:
    """--json prints one object, and --watch never ends."""
    done = learner("show", "--watch", "--json")
    assert done.returncode == NOT_GRADED
    assert "leave --json out" in done.stderr
