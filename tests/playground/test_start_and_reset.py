"""`start`, `reset` and `progress.json`: a learner gets a whole app, and nothing is ever lost."""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import BIN, SYSTEM, Remodel, Terminal, content, current, without_powers


def lines_to_paste(said: str) -> list[str]:
    """What `start` says to type: the indented lines after "Type, or paste:"."""
    _, _, after = said.partition("Type, or paste:\n")
    return [line.strip() for line in after.split("Then read")[0].splitlines()]


def pasted(remodel: Remodel, lines: list[str], elsewhere: Path) -> list[tuple[int, str]]:
    """Paste `lines` into a fresh bash that knows no environment, then ask where we are."""
    terminal = Terminal.opened(elsewhere, remodel.environment(PATH=SYSTEM))
    try:
        asked = ["command -v flask remodel", "flask db current 2>/dev/null", "pwd"]
        return [terminal.type(line) for line in [*lines, *asked]]
    finally:
        terminal.close()


@pytest.mark.parametrize("where", ["usual", "space in the course", "--to", "home"])
def test_the_lines_that_start_prints_work_in_a_fresh_bash(course: Path, where: str) -> None:
    """Pasted anywhere, they lead into the exercise, with the right `flask` first on PATH."""
    env, to, folder = {}, [], course / "playground" / "add-a-column"
    if where in ("space in the course", "home"):
        course = course.rename(course.with_name("my course"))
        folder = course / "playground" / "add-a-column"
    if where == "--to":
        folder = course.parent / "Hanna's works" / "a column"
        to = ["--to", str(folder)]
    if where == "home":
        env = {"HOME": str(course.parent)}
    remodel = Remodel(course, env)
    began = remodel("start", "add-a-column", *to, PATH=SYSTEM)
    assert began.returncode == 0, began.stderr
    lines = lines_to_paste(began.stdout)
    assert len(lines) == 2
    *typed, (_, found), (code, revision), (_, here) = pasted(remodel, lines, course.parent)
    assert [code for code, _ in typed] == [0, 0]
    assert found.splitlines() == [str(BIN / "flask"), str(BIN / "remodel")]
    assert (code, revision.split()[0]) == (0, "0001")
    assert Path(here) == folder


def test_an_activated_shell_is_told_only_where_to_go(remodel: Remodel) -> None:
    """Who has the right `flask` on PATH needs no activation."""
    said = remodel("start", "add-a-column").stdout
    assert [line.split()[0] for line in lines_to_paste(said)] == ["cd"]


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("/bin/sh", f". {BIN}/activate"),
        ("/usr/bin/zsh", f"source {BIN}/activate"),
        ("/usr/bin/fish", f"source {BIN}/activate.fish"),
        ("/bin/tcsh", f"source {BIN}/activate.csh"),
    ],
)
def test_each_shell_gets_its_own_way_in(looking: Remodel, shell: str, line: str) -> None:
    """The script of bash cannot be read by fish and csh; sh does not know `source`."""
    said = looking("doctor", SHELL=shell, PATH=SYSTEM).stdout
    assert line in [told.strip() for told in said.splitlines()]
    assert Path(line.split()[-1]).is_file()


def test_start_lays_out_a_whole_app_with_rows_in_its_database(learner: Remodel) -> None:
    """The app is there, the database is at 0001, and the furniture stands in its rooms."""
    assert {"README.md", "hearth", "migrations", "wsgi.py"} <= {
        path.name for path in learner.begun.iterdir()
    }
    assert current(learner.begun) == "0001"
    with closing(sqlite3.connect(learner.begun / "instance" / "hearth.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM furniture").fetchone()
    assert count >= 10


def test_start_twice_is_refused_and_loses_nothing(learner: Remodel) -> None:
    """What the learner has written stays, and they are told how to go on or begin afresh."""
    (learner.begun / "hearth" / "models.py").write_text("my work")
    before = content(learner.begun)
    again = learner("start", "add-a-column")
    assert again.returncode == 2
    assert str(learner.begun) in again.stderr
    assert "remodel reset add-a-column" in again.stderr
    assert content(learner.begun) == before


def test_start_into_a_folder_that_holds_something_else_is_refused(remodel: Remodel) -> None:
    """Nobody's documents are overwritten, and `reset` is not offered for them."""
    folder = remodel.course.parent / "Documents"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear Ada")
    begun = remodel("start", "add-a-column", "--to", str(folder))
    assert begun.returncode == 2
    assert "--to FOLDER" in begun.stderr
    assert "reset" not in begun.stderr
    assert content(folder) == {"letter.txt": b"Dear Ada"}


def test_what_lies_elsewhere_is_found_again(remodel: Remodel) -> None:
    """After --to, `list`, `check`, `show` and `remodel` know where the exercise lies."""
    folder = remodel.course.parent / "mine"
    remodel("start", "two-heads", "--to", str(folder))
    assert "… two-heads" in remodel("list").stdout
    assert f"cd ~/{folder.name}" in remodel(HOME=str(folder.parent)).stdout
    assert remodel("show").returncode == 0
    assert remodel("check").returncode == 1


def test_an_unknown_slug_names_the_near_ones(looking: Remodel) -> None:
    """A slip of the finger is answered with what was meant."""
    begun = looking("start", "add-a-colum")
    assert begun.returncode == 2
    assert "Did you mean add-a-column" in begun.stderr
    assert "remodel list" in looking("start", "zzzzz").stderr


def test_reset_keeps_a_backup_and_restores_the_database(learner: Remodel) -> None:
    """The files and the rows are as at the start; what was there lies in the backup, whole."""
    fresh = content(learner.begun)
    learner.solve()
    learner.run(str(BIN / "flask"), "db", "upgrade", cwd=learner.begun)
    with closing(sqlite3.connect(learner.begun / "instance" / "hearth.db")) as connection:
        connection.execute("DELETE FROM furniture")
        connection.commit()
    assert current(learner.begun) == "0002"
    worked = content(learner.begun)
    done = learner("reset", "add-a-column", typed="y\n")
    assert done.returncode == 0, done.stderr
    after = content(learner.begun)
    assert after.keys() == fresh.keys()
    assert current(learner.begun) == "0001"
    assert {k: v for k, v in after.items() if k != "instance/hearth.db"} == {
        k: v for k, v in fresh.items() if k != "instance/hearth.db"
    }
    (backup,) = (learner.course / "playground" / "backups").iterdir()
    assert backup.name in done.stdout
    assert content(backup) == worked


def test_a_shell_inside_the_folder_is_still_there_after_a_reset(learner: Remodel) -> None:
    """A reset must not leave the shell in the backup, where its `flask db` would then work."""
    terminal = Terminal.opened(learner.begun, learner.environment())
    try:
        assert terminal.type("remodel reset --yes")[0] == 0
        terminal.type("touch made-after-the-reset")
        assert terminal.type("flask db current 2>/dev/null")[1].split()[0] == "0001"
    finally:
        terminal.close()
    assert (learner.begun / "made-after-the-reset").exists()


def test_reset_leaves_the_learners_own_repository_alone(learner: Remodel) -> None:
    """A `.git` in the folder is neither moved into the backup nor lost."""
    (learner.begun / ".git").mkdir()
    (learner.begun / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    assert learner("reset", "add-a-column", "--yes").returncode == 0
    assert (learner.begun / ".git" / "HEAD").read_text() == "ref: refs/heads/main\n"


def test_a_reset_that_is_declined_changes_nothing(learner: Remodel) -> None:
    """Without a yes there is no reset."""
    learner.solve()
    before = content(learner.course / "playground")
    assert learner("reset", "add-a-column", typed="n\n").returncode != 0
    assert content(learner.course / "playground") == before


def test_reset_across_file_systems_loses_nothing(learner: Remodel) -> None:
    """What lies on another disk is copied, not renamed, into the backups."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == learner.course.stat().st_dev:
        pytest.skip("this machine has one file system")
    folder = memory / f"test-{os.getpid()}"
    try:
        learner("start", "two-heads", "--to", str(folder))
        (folder / "note.txt").write_text("mine")
        assert learner("reset", "two-heads", "--yes").returncode == 0
        assert not (folder / "note.txt").exists()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    (backup,) = (learner.course / "playground" / "backups").iterdir()
    assert (backup / "note.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ('{"passed"', "line 1 is not JSON."),
        ("[]", "it must be a table, not []."),
        ("\x00", "line 1 is not JSON."),
        ('{"passed": ["add-a-column"]}', "'passed' must be a table, not ['add-a-column']."),
        ('{"passed": 3}', "'passed' must be a table, not 3."),
        (
            '{"passed": {}, "hints": {"add-a-column": "two"}, "last": null}',
            "[hints], 'add-a-column' must be a whole number, not 'two'.",
        ),
        ('{"passed": {}, "hints": {}, "last": 3}', "'last' must be a text in quotes, not 3."),
    ],
)
def test_a_damaged_record_is_named_and_kept(learner: Remodel, damage: str, reason: str) -> None:
    """Who only looks hears of it; who goes on keeps it beside the new one, and loses nothing."""
    playground = learner.course / "playground"
    record = playground / "progress.json"
    record.write_text(damage)
    before = content(playground)
    for words in ([], ["list"]):
        looked = learner(*words)
        assert looked.returncode == 0
        assert str(record) in looked.stderr
        assert f"is damaged: {reason}" in " ".join(looked.stderr.split())
    assert content(playground) == before
    hinted = learner("hint", "add-a-column")
    assert (hinted.returncode, hinted.stdout.startswith("Hint 1")) == (0, True)
    (aside,) = playground.glob("progress-damaged-*.json")
    assert aside.read_text() == damage
    said = " ".join(hinted.stderr.split())
    assert f"was damaged: {reason}" in said
    assert aside.name in said
    assert json.loads(record.read_text())["hints"] == {"add-a-column": 1}
    assert learner("list").stderr == ""


def test_two_starts_at_once_begin_it_once(remodel: Remodel) -> None:
    """One of them lays it out, the other says so; neither leaves anything else behind."""
    words = [str(BIN / "remodel"), "start", "add-a-column"]
    both = [
        subprocess.Popen(
            words, cwd=remodel.course, env=remodel.environment(), stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 2]
    assert "Go on there" in "".join(said)
    left = {path.name for path in (remodel.course / "playground").iterdir()}
    assert left == {"add-a-column", "progress.json"}


def test_resets_at_once_leave_one_playground_and_nothing_beside_it(learner: Remodel) -> None:
    """Each lays it out, or says that another did; what it held lies in a backup."""
    learner.solve()
    work = (learner.begun / "hearth" / "models.py").read_bytes()
    words = [str(BIN / "remodel"), "reset", "--yes", "add-a-column"]
    all_ = [
        subprocess.Popen(
            words, cwd=learner.course, env=learner.environment(), stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[1] for process in all_]
    codes = [process.returncode for process in all_]
    assert 0 in codes and {*codes} <= {0, 2}, said
    assert "Traceback" not in "".join(said)
    left = {path.name for path in (learner.course / "playground").iterdir()}
    assert left == {"add-a-column", "backups", "progress.json"}
    kept = (learner.course / "playground" / "backups").glob("*/hearth/models.py")
    assert work in [file.read_bytes() for file in kept]


def test_a_reset_leaves_out_what_is_no_file(learner: Remodel) -> None:
    """A pipe or a socket of a program that has ended is no work of anybody's."""
    os.mkfifo(learner.begun / "pipe")
    done = learner("reset", "add-a-column", "--yes")
    assert done.returncode == 0, done.stderr
    assert not (learner.begun / "pipe").exists()


def test_what_cannot_be_kept_is_not_reset(learner: Remodel) -> None:
    """A file that its owner may not read: it is named, and all stays as it was."""
    hidden = learner.begun / "hidden"
    hidden.write_text("mine")
    hidden.chmod(0)
    words = without_powers(str(BIN / "remodel"), "reset", "add-a-column", "--yes")
    done = learner.run(*words)
    hidden.chmod(0o600)
    assert done.returncode == 2 and "nothing was changed" in " ".join(done.stderr.split())
    assert str(hidden) in done.stderr and "Traceback" not in done.stderr
    assert hidden.read_text() == "mine"
    assert not any((learner.course / "playground" / "backups").glob("*"))


def test_a_record_of_an_earlier_version_is_understood(learner: Remodel) -> None:
    """Progress survives updates: the first version did not know places."""
    record = learner.course / "playground" / "progress.json"
    record.write_text('{"passed": {"add-a-column": "2026-01-02"}, "hints": {}, "last": null}')
    assert "✓ add-a-column" in learner("list").stdout
    learner("hint", "two-heads")
    assert json.loads(record.read_text())["passed"] == {"add-a-column": "2026-01-02"}


@pytest.mark.parametrize("words", [["start", "add-a-column"], ["start", "two-heads", "--to"]])
def test_a_clone_that_cannot_be_written_is_a_clear_error(
    remodel: Remodel, words: list[str]
) -> None:
    """A classroom's read-only copy: one message that names the place and the mend, exit 2."""
    place = remodel.course.parent / "mine"
    words = [*words, str(place)] if words[-1] == "--to" else words
    subprocess.run(["chmod", "-R", "a-w", str(remodel.course)], check=True)
    try:
        told = remodel.run(*without_powers(str(BIN / "remodel"), *words))
        looked = remodel.run(*without_powers(str(BIN / "remodel"), "list"))
        doctor = remodel.run(*without_powers(str(BIN / "remodel"), "doctor"))
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(remodel.course)], check=True)
    assert told.returncode == 2
    assert str(remodel.course) in told.stderr
    assert "of the course" in told.stderr
    assert "Traceback" not in told.stderr
    assert not place.exists()
    assert looked.returncode == 0
    assert doctor.returncode == 1
    assert "cannot be written" in doctor.stdout


@pytest.mark.parametrize("obstacle", ["damaged", "read-only"])
def test_a_record_that_cannot_be_kept_keeps_no_verdict_back(
    learner: Remodel, obstacle: str
) -> None:
    """A pass is a pass, whatever became of the file that remembers it."""
    record = learner.course / "playground" / "progress.json"
    learner.solve()
    if obstacle == "damaged":
        record.write_text("{")
    else:
        record.parent.chmod(0o555)
    try:
        check = without_powers(str(BIN / "remodel"), "check", "add-a-column")
        passed = learner.run(*check)
    finally:
        record.parent.chmod(0o755)
    assert passed.returncode == 0, passed.stderr
    assert passed.stdout.startswith("✓ add-a-column")
    assert str(record) in passed.stdout + passed.stderr
    assert "Traceback" not in passed.stderr
