"""What a learner meets whose machine has no server for an exercise that is graded on one."""

import json
import subprocess
import sys

from remodel.course.catalog import find_course
from tests.conftest import Remodel

SLUG = "index-without-blocking"
OTHERS = [e.slug for e in find_course().exercises.values() if e.database == "sqlite"]
#: The command, where Python's driver for PostgreSQL is not installed.
WITHOUT = "import sys; sys.modules['psycopg'] = None; from remodel.cli import main; main()"


def without_postgresql(remodel: Remodel, *words: str) -> subprocess.CompletedProcess[str]:
    """`remodel WORDS` on such a machine."""
    return remodel.run(sys.executable, "-c", WITHOUT, *words)


def passed_all_others(remodel: Remodel) -> None:
    """Have passed what can be passed there."""
    place = remodel.course / "playground" / "progress.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps({"passed": dict.fromkeys(OTHERS, "2026-01-01")}), "utf-8")


def test_next_passes_over_what_needs_a_server_and_says_so(remodel: Remodel) -> None:
    """It is no exercise to do there, and all others are done."""
    passed_all_others(remodel)
    said = " ".join(without_postgresql(remodel, "next").stdout.split())
    assert "Passed over: " in said
    assert SLUG in said
    assert "You have passed all other exercises." in said


def test_watch_passes_over_it_with_the_same_line(remodel: Remodel) -> None:
    """And has nothing left to watch."""
    passed_all_others(remodel)
    done = without_postgresql(remodel, "watch")
    assert done.returncode == 2
    assert "Passed over: " in done.stdout
    assert "You have passed all" in done.stderr


def test_start_lays_it_out_and_says_what_to_install(remodel: Remodel) -> None:
    """There is no database in the folder: a file holds none of PostgreSQL's."""
    done = without_postgresql(remodel, "start", SLUG)
    assert done.returncode == 0, done.stderr
    assert "It is graded on PostgreSQL, which is not here." in done.stdout
    assert "'.[databases]'" in done.stdout
    folder = remodel.course / "playground" / SLUG
    assert (folder / "README.md").exists()
    assert not (folder / "instance").exists()


def test_a_check_there_is_neither_a_pass_nor_a_fail(remodel: Remodel) -> None:
    """Exit code 2, and the line that installs."""
    done = without_postgresql(remodel, "check", SLUG, "--answers", "starter")
    assert done.returncode == 2
    assert "'.[databases]'" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_drawn_questions_on_it_are_passed_over_with_a_line(remodel: Remodel) -> None:
    """The others of the lesson are asked; each of both has a right answer that a run found."""
    said = without_postgresql(remodel, "quiz", "--more", "7").stdout
    assert said.startswith(
        "Passed over: 2 kinds of question on PostgreSQL, which is not here (remodel doctor).\n"
        "Question 1 of 2: "
    )
