"""The command as a learner, a pipe and a program meet it: words, exit codes, and what it keeps."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from remodel.cli.group import main
from remodel.servers.kinds import INSTALL
from tests.conftest import BIN, ROOT, SLUG, SOLUTION, SYSTEM, Remodel, content, without_powers

GRADER = "exercises/04-creating-and-applying/add-a-column"
PASS, FAIL, NOT_GRADED, INTERRUPTED = 0, 1, 2, 130


# -- where you are ----------------------------------------------------------------------------


def test_the_first_call_shows_two_gradings_and_the_second_does_not(remodel: Remodel) -> None:
    """In the first minute a person sees values survive and values lost; then what is next."""
    first, second = remodel(), remodel()
    assert first.returncode == second.returncode == 0, first.stderr
    assert re.search(r"^✗ Ann: \d+ of \d+ checks failed$", first.stdout, re.MULTILINE)
    assert re.search(r"^✓ Ben: all \d+ checks pass$", first.stdout, re.MULTILINE)
    assert "Ann" not in second.stdout
    rows = re.findall(r"^\d+ +'(.*?)' +'' +'(.*?)' *$", first.stdout, re.MULTILINE)
    assert len(rows) == 4
    # Two lines of make, and the prompt: all of it is seen on 24 rows.
    assert len(first.stdout.splitlines()) <= 24 - 3
    # How Ben did it is an exercise of the core.
    assert not re.search("drop|alter|batch|column|add", first.stdout.partition("You have")[0])
    # What a person would miss, and no value that is there for the grader alone.
    assert all(before == after and re.match(r"\w+ \w+", before) for before, after in rows)
    for said in (first.stdout, second.stdout):
        assert "You have passed 0 of" in said
        assert "remodel start first-model" in said


def test_who_has_begun_is_told_how_to_go_on(learner: Remodel) -> None:
    """After `start`, the way back into the folder and the check are what is next."""
    said = learner().stdout
    assert f"cd {learner.begun}" in said
    assert "remodel check add-a-column" in said
    assert "remodel start" not in said


def test_list_stands_in_columns(looking: Remodel) -> None:
    """The minutes of every exercise stand below one another, however long its name is."""
    rows = [line for line in looking("list").stdout.splitlines() if " min  " in line]
    assert len({line.index(" min  ") for line in rows}) == 1


def test_list_names_every_exercise_of_the_course(looking: Remodel) -> None:
    """For people and for programs, in the same order."""
    folders = {path.parent.name for path in looking.course.glob("exercises/*/*/exercise.toml")}
    told = json.loads(looking("list", "--json").stdout)
    assert {each["exercise"] for each in told} == folders
    assert {"title", "lesson", "minutes", "track", "state"} < told[0].keys()
    places = [looking("list").stdout.index(f" {each['exercise']} ") for each in told]
    assert places == sorted(places)


@pytest.mark.parametrize("word", ["check", "hint", "show", "solution", "reset"])
def test_without_a_slug_in_the_wrong_folder_it_says_what_to_do(looking: Remodel, word: str) -> None:
    """Which exercise is meant can be told in two ways, and there is a list."""
    told = looking(word, *(["--yes"] if word == "reset" else []))
    assert told.returncode == NOT_GRADED
    assert "Name one, or go into its folder" in told.stderr
    assert "remodel list" in told.stderr


@pytest.mark.parametrize("words", [["check"], ["show"], ["reset", "--yes"], ["pack"]])
def test_what_is_not_started_names_the_command_that_starts_it(
    looking: Remodel, words: list[str]
) -> None:
    """Not started is neither a pass nor a fail."""
    told = looking(*words, "two-heads")
    assert told.returncode == NOT_GRADED
    assert "remodel start two-heads" in told.stderr


def test_a_folder_that_is_no_course_is_refused_in_words(looking: Remodel, tmp_path: Path) -> None:
    """A wrong REMODEL_COURSE is bad input."""
    told = looking("list", REMODEL_COURSE=str(tmp_path))
    assert told.returncode == NOT_GRADED
    assert "Run Remodel from a clone of the course" in " ".join(told.stderr.split())


@pytest.mark.parametrize("words", ["", "show", "check", "pack", "doctor", f"start {SLUG}"])
def test_who_stands_in_a_folder_that_is_gone_is_told_so(
    looking: Remodel, tmp_path: Path, words: str
) -> None:
    """Another terminal has removed it: one line, and nothing is begun."""
    line = f"mkdir gone; cd gone; rmdir ../gone; exec remodel {words}"
    told = looking.run("bash", "-c", line, cwd=tmp_path)
    assert told.returncode == NOT_GRADED
    assert told.stderr == (
        "Error: The folder that you are in is gone. Go to one that is there, with cd.\n"
    )


# -- check ------------------------------------------------------------------------------------


def test_the_starter_fails(learner: Remodel) -> None:
    """What was handed out is no answer, and one next command is named."""
    checked = learner("check", SLUG)
    assert checked.returncode == FAIL
    assert checked.stdout.startswith("✗ add-a-column")
    assert "remodel hint add-a-column" in checked.stdout
    assert "✓ add-a-column" not in learner("list").stdout


def test_a_right_answer_passes_is_remembered_and_the_lagging_database_named(
    learner: Remodel,
) -> None:
    """The learner's own database is not graded, and they hear where it stands."""
    learner.solve()
    checked = learner("check", SLUG)
    assert checked.returncode == PASS
    said = " ".join(checked.stdout.split())
    assert "Your own database is at 0001, not at 0002." in said
    assert "flask db upgrade" in said
    assert "Next: remodel start" in said
    assert "✓ add-a-column" in learner("list").stdout
    assert "You have passed 1 of" in learner().stdout


def test_an_upgrade_that_fails_is_not_advised(learner: Remodel) -> None:
    """While the answer is wrong, the lagging database is named and no command for it."""
    learner.solve()
    revision = next((learner.begun / "migrations" / "versions").glob("0002*"))
    revision.write_text(revision.read_text().replace("    with op", "    1 / 0\n    with op", 1))
    checked = learner("check", SLUG)
    assert checked.returncode == FAIL
    assert "Your own database is at 0001, not at 0002." in checked.stdout
    assert "bring it along" not in checked.stdout


def test_no_word_on_a_database_that_is_where_it_should_be(learner: Remodel) -> None:
    """After `flask db upgrade` there is nothing to bring along; from inside the folder, too."""
    learner.solve()
    upgraded = learner.run(str(BIN / "flask"), "db", "upgrade", cwd=learner.begun)
    assert upgraded.returncode == 0, upgraded.stderr
    checked = learner("check", cwd=learner.begun / "migrations")
    assert checked.returncode == PASS
    assert "Your own database" not in checked.stdout


def test_a_database_at_a_revision_that_no_file_has_is_told_so(learner: Remodel) -> None:
    """Where the file was deleted after the upgrade, `flask db upgrade` would only fail."""
    learner.solve()
    learner.run(str(BIN / "flask"), "db", "upgrade", cwd=learner.begun)
    next((learner.begun / "migrations" / "versions").glob("0002*")).unlink()
    said = " ".join(learner("check").stdout.split())
    assert "Your own database is at 0002, and no file of yours has that revision." in said
    assert "flask db upgrade" not in said.split("Your own database")[1]


def test_json_is_one_object_and_results_writes_the_same(learner: Remodel) -> None:
    """What a program reads has no other word before or after it."""
    file = learner.course.parent / "results.json"
    checked = learner("check", SLUG, "--seed", "7", "--json", "--results", str(file))
    assert checked.returncode == FAIL
    told = json.loads(checked.stdout)
    assert told == json.loads(file.read_text(encoding="utf-8"))
    assert (told["status"], told["seed"], told["exercise"]) == ("fail", 7, SLUG)
    assert {test["status"] for test in told["tests"]} <= {"pass", "fail", "skipped"}


def test_results_that_cannot_be_written_are_not_a_fail(learner: Remodel) -> None:
    """Exit code 1 would say that the answer is wrong; the verdict is still shown."""
    file = learner.course / "results.json"
    file.touch()
    file.chmod(0o444)
    checked = learner.run(
        *without_powers(str(BIN / "remodel"), "check", SLUG, "--results", str(file))
    )
    assert checked.returncode == NOT_GRADED
    assert str(file) in checked.stderr
    assert "Traceback" not in checked.stderr
    assert checked.stdout.startswith("✗ add-a-column")


@pytest.mark.parametrize("place", ["no/such/folder.json", "."])
@pytest.mark.parametrize("program", ["remodel", "pytest"])
def test_a_place_where_no_results_can_lie_is_refused_before_anything_is_graded(
    looking: Remodel, program: str, place: str
) -> None:
    """Nobody waits for a verdict that the program which asked for it cannot read."""
    words = ["remodel", "check", SLUG] if program == "remodel" else ["pytest", "-q", GRADER]
    place = str(looking.course / place)
    refused = looking.run(*words, "--answers", "solution", "--results", place)
    assert refused.returncode == NOT_GRADED
    assert place in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "solution" not in refused.stdout


@pytest.mark.parametrize("program", ["remodel", "pytest"])
def test_a_python_that_leaves_asserts_out_grades_nobody(looking: Remodel, program: str) -> None:
    """PYTHONOPTIMIZE would let checks pass; one line says how to go on without it."""
    words = ["remodel", "check", SLUG] if program == "remodel" else ["pytest", "-q", GRADER]
    refused = looking.run(*words, "--answers", "solution", PYTHONOPTIMIZE="1")
    assert refused.returncode == NOT_GRADED
    assert "unset PYTHONOPTIMIZE" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_pytest_in_several_processes_is_refused(looking: Remodel) -> None:
    """The process that writes results.json would know no verdict."""
    words = ("pytest", "-q", "-p", "xdist", "-n", "2", GRADER, "--answers", "solution")
    refused = looking.run(*words)
    assert refused.returncode == NOT_GRADED
    assert "Leave -n out" in refused.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="sets limits as Linux knows them")
def test_a_machine_that_starts_no_process_is_not_the_learners_fault(short: Remodel) -> None:
    """One line, exit code 2."""
    short.course.parent.chmod(0o755)
    words = ["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all"]
    line = f"ulimit -u 0; exec remodel check {SLUG}"  # root may have as many as there can be
    checked = short.run(*(words if os.geteuid() == 0 else []), "bash", "-c", line)
    assert checked.returncode == NOT_GRADED, checked.stdout
    assert "starts no process" in checked.stderr
    assert "Traceback" not in checked.stderr


@pytest.mark.parametrize("blocks", [1, 16, 200])
def test_a_machine_that_lets_no_file_grow_is_not_the_answers_fault(
    looking: Remodel, blocks: int
) -> None:
    """Schools limit files: a database that could not be written says nothing about an answer."""
    line = f"ulimit -f {blocks}; exec remodel check {SLUG} --answers solution"
    # Python writes half of a file of bytecode there, and finds it the next time.
    graded = looking.run("bash", "-c", line, PYTHONDONTWRITEBYTECODE="1")
    assert graded.returncode == NOT_GRADED, graded.stdout
    assert "says nothing about" in " ".join(graded.stdout.split())
    assert "Traceback" not in graded.stdout + graded.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_error_that_nobody_can_read_has_its_exit_code(looking: Remodel) -> None:
    """A full disk takes no message; 1 would mean that an answer is wrong."""
    told = looking.run("bash", "-c", "exec remodel check nothing 2>/dev/full")
    assert told.returncode == NOT_GRADED


SMALL = "mount -t tmpfs -o size=400k none"


@pytest.mark.parametrize(
    ("mounts", "code", "words"),
    [
        (f"{SMALL} /dev/shm", PASS, "checks pass"),
        (f"{SMALL} /dev/shm; mkdir small; {SMALL} small; TMPDIR=$PWD/small", NOT_GRADED, "TMPDIR"),
    ],
)
def test_a_disk_without_room_is_not_the_answers_fault(
    looking: Remodel, tmp_path: Path, mounts: str, code: int, words: str
) -> None:
    """Another place is taken where there is one; else it is said, and nothing is graded."""
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"]).returncode:
        pytest.skip("this machine gives no namespace for mounts")
    line = f"{mounts}; export TMPDIR; exec remodel check {SLUG} --answers solution"
    graded = looking.run(*unshare, "bash", "-c", line, cwd=tmp_path)
    assert graded.returncode == code, graded.stdout + graded.stderr
    assert words in graded.stdout
    assert "Traceback" not in graded.stdout + graded.stderr


def test_a_limit_of_the_learners_own_is_kept(learner: Remodel) -> None:
    """A command that needs longer is stopped by one limit and not by another; both are named."""
    learner.solve()
    revision = next((learner.begun / "migrations" / "versions").glob("0002*"))
    slow = "import time\n    time.sleep(1.2)\n    "
    revision.write_text(revision.read_text().replace("    with op", f"    {slow}with op", 1))
    stopped = learner("check", SLUG, "--limit", "1")
    assert stopped.returncode == FAIL
    assert "--limit" in stopped.stdout


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e308"])
def test_a_limit_that_no_clock_knows_is_refused(looking: Remodel, seconds: str) -> None:
    """In one line, by the command and by pytest."""
    answer = ["--answers", "solution"]
    told = looking("check", SLUG, *answer, f"--limit={seconds}")
    assert told.returncode == NOT_GRADED and "--limit" in told.stderr
    told = looking.run("pytest", f"{GRADER}/test_exercise.py", *answer, f"--limit={seconds}")
    assert told.returncode not in (PASS, FAIL) and "--limit" in told.stderr
    assert "Traceback" not in told.stdout + told.stderr


@pytest.mark.parametrize(
    "words",
    [["--answers", "/no/such/folder"], ["--seed", "x"], ["--runner", "x"], ["--no-such-option"]],
)
def test_bad_input_is_not_a_fail(looking: Remodel, words: list[str]) -> None:
    """Exit code 2 for each, and no traceback."""
    told = looking("check", SLUG, *words)
    assert told.returncode == NOT_GRADED
    assert told.stderr
    assert "Traceback" not in told.stderr


def test_files_that_are_not_taken_are_ignored_and_named(learner: Remodel) -> None:
    """An edited page, or a conftest.py that would let everything pass, has no effect."""
    (learner.begun / "hearth" / "pages.py").write_text("raise SystemExit(0)\n")
    (learner.begun / "conftest.py").write_text("raise SystemExit(0)\n")
    learner.solve()
    checked = learner("check", SLUG)
    assert checked.returncode == PASS
    said = " ".join(checked.stdout.split())
    assert "Not taken from you: conftest.py, hearth/pages.py." in said
    assert "hearth/models.py" in said


def test_an_edited_deployed_revision_is_reported(learner: Remodel) -> None:
    """Some database has run it already: the file is named, and the answer fails."""
    learner.solve()
    deployed = next((learner.begun / "migrations" / "versions").glob("0001*"))
    deployed.write_text(deployed.read_text() + "\nTIDIED = True\n")
    checked = learner("check", SLUG)
    assert checked.returncode == FAIL
    assert deployed.name in checked.stdout


def test_grading_leaves_the_learners_files_as_they_are(learner: Remodel) -> None:
    """Neither the files nor the database are touched by a check."""
    learner.solve()
    before = content(learner.begun)
    learner("check", SLUG)
    assert content(learner.begun) == before


def test_a_check_needs_no_network(learner: Remodel) -> None:
    """In a namespace without any interface it passes as ever."""
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"]).returncode:
        pytest.skip("this machine gives no network namespace")
    learner.solve()
    checked = learner.run(*unshare, str(BIN / "remodel"), "check", SLUG)
    assert checked.returncode == PASS, checked.stderr


# -- the same in pytest -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "code"), [("solution", PASS), ("starter", FAIL), ("playground", NOT_GRADED)]
)
def test_pytest_and_remodel_say_the_same(looking: Remodel, answers: str, code: int) -> None:
    """The same exit code, and the same words but for the seconds."""
    by_pytest = looking.run(
        *(sys.executable, "-m", "pytest", GRADER, "--seed", "7"),
        *([] if answers == "playground" else ["--answers", answers]),
    )
    by_remodel = looking(
        *("check", SLUG, "--seed", "7"),
        *([] if answers == "playground" else ["--answers", answers]),
    )
    assert (by_pytest.returncode, by_remodel.returncode) == (code, code), by_pytest.stdout
    if code == NOT_GRADED:
        assert "remodel start add-a-column" in by_pytest.stdout
        assert "✓" not in by_pytest.stdout
    else:
        verdict = re.sub(r"[\d.]+ s", "N s", by_remodel.stdout)
        assert verdict in re.sub(r"[\d.]+ s", "N s", by_pytest.stdout)


# -- hint, solution, show, doctor -------------------------------------------------------------


def test_hints_come_one_at_a_time_and_the_last_names_the_solution(remodel: Remodel) -> None:
    """Each call shows one more; after the last, the same, and where to go."""
    said = [remodel("hint", SLUG).stdout for _ in range(4)]
    assert [text.count("\nHint ") + text.startswith("Hint ") for text in said] == [1, 2, 3, 3]
    assert "remodel hint add-a-column" in said[0]
    assert "remodel solution add-a-column" in said[2]
    assert said[2] == said[3]


def test_the_solution_asks_before_the_pass_and_not_after(learner: Remodel) -> None:
    """A no shows nothing of it; after the pass it is shown at once."""
    change = "+    colour: Mapped[str | None]"
    declined = learner("solution", SLUG, typed="n\n")
    assert declined.returncode != 0
    assert "remodel hint add-a-column" in declined.stdout
    assert change not in declined.stdout
    agreed = learner("solution", SLUG, typed="y\n")
    assert change in agreed.stdout
    # What goes into a pipe is the solution alone: a question there would wait unseen.
    assert agreed.stdout.startswith("# ") and "Show the solution?" in agreed.stderr
    learner.solve()
    learner("check", SLUG)
    after = learner("solution", SLUG)
    assert after.returncode == 0
    assert change in after.stdout
    assert "Show the solution?" not in after.stdout


def test_show_tells_head_and_current_tables_and_rows(learner: Remodel) -> None:
    """The learner's own database and files, before and after the upgrade; what it added is new."""
    learner.solve()
    before = learner("show").stdout
    assert re.search(r"○  0002 .*\(head\)\n", before)
    assert re.search(r"●  0001 .*← your database is here\n", before)
    assert re.search(r"furniture \(\d+ rows\)", before)
    learner.run(str(BIN / "flask"), "db", "upgrade", cwd=learner.begun)
    after = learner("show").stdout
    assert re.search(r"●  0002 .*\(head\)  ← your database is here\n", after)
    assert "← new" not in before
    assert re.findall(r"(\w+ .*)  ← new, NULL in every row\n", after) == ["colour VARCHAR(30)"]


def test_show_of_a_damaged_database_says_so(learner: Remodel) -> None:
    """What is no database is named, and `reset` restores it."""
    (learner.begun / "instance" / "hearth.db").write_bytes(b"no database at all" * 100)
    told = learner("show")
    assert told.returncode == NOT_GRADED
    assert "remodel reset" in " ".join(told.stderr.split())
    assert "Traceback" not in told.stderr


def test_doctor_is_content_in_an_activated_shell(looking: Remodel) -> None:
    """Exit code 0, and every package is named."""
    told = looking("doctor")
    assert told.returncode == 0, told.stdout
    assert "wrong" not in told.stdout
    assert {"Python", "flask-migrate", "SQLite"} <= set(told.stdout.split())


def test_doctor_names_a_foreign_flask(looking: Remodel, tmp_path: Path) -> None:
    """It says which one comes first, and what to type, on a line of its own."""
    foreign = tmp_path / "flask"
    foreign.write_text("#!/bin/sh\necho I am another one\n")
    foreign.chmod(0o755)
    told = looking("doctor", PATH=f"{tmp_path}:{BIN}:{SYSTEM}")
    assert told.returncode == 1
    assert str(foreign) in told.stdout
    assert f"source {BIN}/activate" in [line.strip() for line in told.stdout.splitlines()]
    found = {each["what"]: each for each in json.loads(looking("doctor", "--json").stdout)}
    assert found["flask"]["state"] == "ok"


# -- in a pipe, at 80 columns -----------------------------------------------------------------


def test_the_line_that_installs_postgresql_fits_beside_its_heading() -> None:
    """`remodel doctor` shows it only where PostgreSQL is missing: not here, perhaps."""
    assert len(f"{'absent  PostgreSQL':26}{INSTALL}") <= 80


def test_where_there_is_no_pip_the_line_that_installs_is_uvs() -> None:
    """An environment that uv made has none, and the first on PATH would be another's."""
    code = "import sys; sys.modules['pip'] = None\n"  # as if it were not installed
    code += "from remodel.servers.kinds import INSTALL; print(INSTALL)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "uv pip install -c constraints.txt -e '.[databases]'\n"
    assert len(f"{'absent  PostgreSQL':26}{done.stdout.strip()}") <= 80


def test_in_a_pipe_there_is_no_colour_and_no_line_over_80_columns(short: Remodel) -> None:
    """Whatever is said, on either stream, in every state."""
    (short.begun / "conftest.py").write_text("")
    calls = [
        [],
        ["list"],
        ["start", SLUG],
        ["start", "add-a-colum"],
        ["start", "models-not-found"],
        ["check", "two-heads"],
        ["check", SLUG],
        ["check", SLUG, "--answers", "solution"],
        ["check", SLUG, "--answers", "/no/such/folder"],
        ["hint", SLUG],
        ["show"],
        ["doctor"],
        ["pack"],
        ["reset", "--yes"],
        ["list", "--no-such-option"],
        ["check", "required-column-with-rows"],
        ["--help"],
        ["check", "--help"],
    ]
    for words in calls:
        done = short(*words)
        for line in (done.stdout + done.stderr).splitlines():
            assert "\x1b" not in line, (words, line)
            assert len(line) <= 80, (words, line)
            assert not line.endswith(("remodel start", "flask db")), (words, line)


# -- Ctrl-C -----------------------------------------------------------------------------------


def descendants(pid: int) -> set[int]:
    """Every process below `pid`, through sessions and forks."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, left = set[int](), [pid]
    while left:
        children = below.get(left.pop(), [])
        found.update(children)
        left += children
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of `pids` that still run."""
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def wait_until(is_so: object, seconds: float = 20) -> None:
    """Wait for `is_so()`, or fail."""
    assert callable(is_so)
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    "runner", ["forkserver", pytest.param("subprocess", marks=pytest.mark.slow)]
)
def test_ctrl_c_during_a_check_leaves_nothing_behind(learner: Remodel, runner: str) -> None:
    """Exit code 130 and one sentence; no process, no scratch copy, every file as it was."""
    learner.solve()
    marker = learner.course.parent / "scratch copy"
    revision = next((learner.begun / "migrations" / "versions").glob("0002*"))
    waits = "import os, time\n    open({!r}, 'w').write(os.getcwd())\n    time.sleep(600)\n    "
    revision.write_text(
        revision.read_text().replace("    with op", f"    {waits.format(str(marker))}with op", 1)
    )
    before = content(learner.course / "playground")
    process = subprocess.Popen(
        [str(BIN / "remodel"), "check", SLUG, "--runner", runner, "--limit", "600"],
        cwd=learner.course,
        env=learner.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: marker.exists() and marker.read_text())
    below = descendants(process.pid)
    assert below
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=120)  # by itself, the command goes on for ten minutes
    assert process.returncode == INTERRUPTED, said
    assert "Stopped. Nothing of yours was changed." in said
    assert "Traceback" not in said
    wait_until(lambda: not alive(below), 5)
    assert not Path(marker.read_text()).exists()
    assert content(learner.course / "playground") == before


def test_ctrl_c_while_the_command_is_loaded_is_quiet(looking: Remodel, tmp_path: Path) -> None:
    """The first half second is spent on imports; here the first of them is interrupted."""
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    stopped = looking("list", PYTHONPATH=str(tmp_path))
    assert stopped.returncode == INTERRUPTED
    assert stopped.stderr == "\nStopped. Nothing of yours was changed.\n"


def test_half_a_verdict_is_never_a_pass(learner: Remodel) -> None:
    """Stopped after checks that passed: 130, no tick, nothing remembered."""
    learner.solve()
    grader = learner.course / GRADER / "test_exercise.py"
    grader.write_text(
        grader.read_text() + "\n\ndef test_stop(project):\n    raise KeyboardInterrupt\n"
    )
    learner.ship()
    checked = learner("check", SLUG)
    assert checked.returncode == INTERRUPTED
    assert "✓" not in checked.stdout
    assert "✓ add-a-column" not in learner("list").stdout


def test_the_solution_lies_where_the_tests_think() -> None:
    """A test that copies nothing would pass for the wrong reason."""
    assert (Path(__file__).parents[2] / SOLUTION / "migrations").is_dir()


@pytest.mark.parametrize("option", ["--seeds", "--jobs", "--limit"])
def test_checking_with_none_of_something_is_refused(looking: Remodel, option: str) -> None:
    """No seed, no process or no time: one line that names the option, and exit code 2."""
    done = looking("dev", "check", "first-model", option, "0")
    assert done.returncode == NOT_GRADED
    assert f"Invalid value for '{option}'" in done.stderr
    assert "Traceback" not in done.stderr


def test_refreshing_an_unknown_lesson_names_those_there_are(looking: Remodel) -> None:
    done = looking("dev", "refresh", "8")
    assert done.returncode == 2
    assert "No lesson is called '8'" in done.stderr
    assert "07-deployment-pipelines" in done.stderr


@pytest.mark.parametrize(
    ("kind", "name", "known"),
    [
        ("notebook", "nope", "05-history-and-versions"),
        ("notebook", "0", "05-history-and-versions"),
        ("diagram", "nope", "07-a-release"),
    ],
)
def test_an_unknown_notebook_or_diagram_is_refused(
    looking: Remodel, kind: str, name: str, known: str
) -> None:
    """The refusal lists what there is, and nothing is run or drawn."""
    done = looking("dev", f"{kind}s", name, REMODEL_COURSE=str(ROOT))
    assert done.returncode == 2
    assert f"No {kind} is called '{name}'" in done.stderr
    assert known in done.stderr


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (
            'needs("test_the_schema_is_the_goal',
            'needs("test_the_schema_is_the_gaol',
            "no such check",
        ),
        ('misconception("', 'misconception("mis-', "no such id in misconceptions.toml"),
    ],
)
def test_a_marker_that_names_nothing_is_refused_at_collection(
    remodel: Remodel, right: str, wrong: str, words: str
) -> None:
    """A misspelt base could never fail, and its dependant would never be skipped."""
    slug = "rename-a-column"
    grader = remodel.course / "exercises" / "06-complex-changes" / slug / "test_exercise.py"
    source = grader.read_text(encoding="utf-8")
    assert right in source
    grader.write_text(source.replace(right, wrong, 1), encoding="utf-8")
    refused = remodel("check", slug, "--answers", "solution")
    assert refused.returncode == NOT_GRADED
    assert words in " ".join(refused.stderr.split())
    assert "test_exercise.py" in refused.stderr


def test_a_course_without_its_misconceptions_grades_nothing(learner: Remodel) -> None:
    """One sentence that names the file, and no traceback: it belongs to the course."""
    (learner.course / "exercises" / "misconceptions.toml").unlink()
    refused = learner("check", SLUG)
    assert refused.returncode == NOT_GRADED
    assert "misconceptions.toml is missing." in " ".join(refused.stderr.split())
    assert "Traceback" not in refused.stderr


def test_the_tests_of_ctrl_c_pass_in_the_background() -> None:
    """A shell starts what runs in the background, or under nohup, with SIGINT ignored."""
    one = "test_ctrl_c_during_a_check_leaves_nothing_behind[subprocess]"
    command = [sys.executable, "-m", "pytest", "-q", f"{Path(__file__)}::{one}"]
    run = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [("PYTEST_ADDOPTS", "-k page"), ("PYTEST_ADDOPTS", "--cov"), ("PYTEST_PLUGINS", "x")],
)
def test_what_a_shell_sets_for_another_pytest_changes_no_verdict(
    learner: Remodel, name: str, value: str
) -> None:
    """An untouched starter fails, whatever checks the settings would leave out."""
    checked = Remodel(learner.course, {name: value})("check", SLUG)
    assert checked.returncode == FAIL, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("answer", "words", "graded"),
    [
        ("solution", ["--deselect", "x"], True),
        ("solution", ["-k", "page"], False),
        ("starter", ["-k", "head"], False),
        ("starter", ["-x"], False),
        ("solution", ["-m", "not guard"], False),
        ("solution", ["-k", "nothing"], False),
    ],
)
def test_with_checks_left_out_there_is_no_verdict(
    looking: Remodel, tmp_path: Path, answer: str, words: list[str], graded: bool
) -> None:
    """Some of the checks cannot say whether the answer is right, nor what it is worth."""
    file = tmp_path / "results.json"
    named = ("--answers", answer, "--results", str(file))
    done = looking.run(str(BIN / "pytest"), GRADER, *named, *words)
    assert done.returncode == (PASS if graded else NOT_GRADED), done.stdout
    assert ("checks pass" if graded else "left out") in done.stdout
    assert json.loads(file.read_text())["status"] == ("pass" if graded else "error")


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ("def (", "SyntaxError"),
        ("import no_such_module", "no_such_module"),
        ("def test_z(projet): pass", "test_z does not take `project`"),
    ],
)
def test_a_grader_that_cannot_be_collected_is_named(
    remodel: Remodel, added: str, words: str
) -> None:
    """It is not taken for Ctrl-C, and nobody's answer is blamed."""
    grader = remodel.course / GRADER / "test_exercise.py"
    grader.write_text(f"{grader.read_text(encoding='utf-8')}\n{added}\n", encoding="utf-8")
    checked = remodel("check", SLUG, "--answers", "solution")
    assert checked.returncode == NOT_GRADED
    assert "test_exercise.py" in checked.stderr
    assert words in checked.stderr
    assert "INTERNALERROR" not in checked.stderr


def test_misconceptions_that_cannot_be_read_are_named(remodel: Remodel) -> None:
    """With the file and the line, and without pytest's insides."""
    file = remodel.course / "exercises" / "misconceptions.toml"
    file.write_text(f"x = 3\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    checked = remodel("check", SLUG, "--answers", "solution")
    assert checked.returncode == NOT_GRADED
    assert "misconceptions.toml:1:" in checked.stderr
    assert "INTERNALERROR" not in checked.stderr


# -- what is wrong with the machine and not with the answer -----------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ("<&-", PASS),
        ("<&- >&- 2>&-", PASS),
        (">/dev/full", NOT_GRADED),
        (">/dev/full 2>/dev/full", NOT_GRADED),
    ],
)
def test_streams_that_are_closed_or_full_blame_nobody(
    looking: Remodel, streams: str, code: int
) -> None:
    """Without a stream it is graded as ever; a verdict that nobody can read is no fail."""
    line = f"exec remodel check {SLUG} --answers solution {streams}"
    graded = looking.run("bash", "-c", line)
    assert graded.returncode == code, graded.stderr
    assert graded.stderr.count("\n") <= 1
    assert "Traceback" not in graded.stderr


def test_a_full_disk_begins_nothing(remodel: Remodel) -> None:
    """One line that says so, and no half of an exercise."""
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"]).returncode:
        pytest.skip("this machine gives no namespace for mounts")
    line = "mkdir -p playground; mount -t tmpfs -o size=80k none playground; "
    line += f"remodel start {SLUG}; echo $?; ls -A playground"
    begun = remodel.run(*unshare, "bash", "-c", line)
    assert begun.stdout.split() == ["2", "progress.json"], begun.stderr
    assert "No space left on device. Make room" in " ".join(begun.stderr.split())
    assert "Traceback" not in begun.stderr


def test_where_no_process_can_be_started_no_exercise_is_begun(short: Remodel) -> None:
    """One line, as for a check, and no half of it."""
    subprocess.run(["chmod", "-R", "a+rwX", str(short.course.parent)], check=True)
    words = ["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all"]
    line = "ulimit -u 0; exec remodel start two-heads"
    begun = short.run(*(words if os.geteuid() == 0 else []), "bash", "-c", line)
    assert begun.returncode == NOT_GRADED
    assert "starts no process" in begun.stderr
    assert "Traceback" not in begun.stderr
    left = {path.name for path in (short.course / "playground").iterdir()}
    assert left == {SLUG, "progress.json"}


def test_help_names_every_command_once_in_a_line_that_is_whole(looking: Remodel) -> None:
    """Thirty commands in one list are none that anybody reads; a cut line says nothing."""
    shown = looking("--help").stdout
    lines = [line for line in shown.splitlines() if line.startswith("  ")]
    names = set(main.commands)
    listed = sorted(line.split()[0] for line in lines if line.split()[0] in names)
    assert listed == sorted(names)
    assert not [line for line in lines if line.endswith("...")]
