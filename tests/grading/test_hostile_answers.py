"""What learner code may do to a grader, and what must come of it: a verdict, never a pass.

The answers lie in tests/answers/hostile/, for the exercise add-a-column.
"""

import signal
import subprocess
import tomllib
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.grading.results import Verdict
from remodel.grading.run import grade
from remodel.grading.session import Grading, load_answer
from remodel.runner import LIMIT
from remodel.scratch import lay_out

#: One worker for all: what one of these leaves for a moment, another looks for.
pytestmark = pytest.mark.xdist_group("hostile")
HOSTILE = Path(__file__).parents[1] / "answers" / "hostile"
EXERCISE = "add-a-column"
#: Those that hang; a command of theirs is given so many seconds, and all others what a learner has.
HANGING = {"deaf-loop", "hang"}
SOON = 4.0
#: A process cannot outlive the one that it lives in: the browser has these cases to itself.
NOT_INLINE = {
    *("leaves-a-process", "crash", "kills-its-parent", "orphans-a-process"),
    "too-much-to-read",  # it keeps nothing apart
    *("ends-with-a-deletion", "thread-that-goes-on"),
    *("counts-its-runs-in-a-file", "counts-its-runs-in-an-attribute"),  # nobody watches it
    *("counts-changes-of-the-schema", "looks-at-the-age-of-the-file"),  # nothing is typed
}

#: What lives on when a plain subprocess ends: only the forkserver sees to that.
OUTLIVING = {"leaves-a-process", "kills-its-parent", "orphans-a-process"}
#: Nor is its code watched.
UNWATCHED = {"counts-its-runs-in-a-file", "counts-its-runs-in-an-attribute"}
#: What only an interpreter of its own comes to do: there, an earlier check refuses it.
AT_THE_END = {"ends-with-a-deletion"}


def names() -> list[str]:
    """Every hostile answer."""
    return sorted(path.name for path in HOSTILE.iterdir())


def verdict_on(name: str, runner: str) -> Verdict:
    """The verdict of `runner` on one hostile answer, within small time limits."""
    catalog = find_course()
    limit = SOON if Path(name).name in HANGING else LIMIT
    grading = Grading.of(catalog, [str(HOSTILE / name)], [1], runner, limit=limit)
    try:
        (verdict,) = grade(grading, [catalog.exercise(EXERCISE)])
    finally:
        grading.close()
    return verdict


@pytest.mark.parametrize(
    ("name", "runner"),
    [
        (name, runner)
        for name in names()
        for runner in ("forkserver", "inline")
        if not (runner == "inline" and name in NOT_INLINE)
    ],
)
def test_a_hostile_answer_gets_the_verdict_it_earned(name: str, runner: str) -> None:
    """Each is refused by the check and in the words that its answer.toml says."""
    expected = tomllib.loads((HOSTILE / name / "answer.toml").read_text())
    verdict = verdict_on(name, runner)
    if not expected["test"]:
        assert verdict.status == "pass"
        return
    assert verdict.status == "fail"
    assert verdict.failures[0].name == expected["test"]
    assert expected["message"] in " ".join(verdict.failures[0].message)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(names()) - OUTLIVING - UNWATCHED - AT_THE_END))
def test_the_subprocess_runner_says_the_same(name: str) -> None:
    """On macOS and Windows a hostile answer gets the verdict that it gets on Linux."""
    ours, theirs = verdict_on(name, "forkserver"), verdict_on(name, "subprocess")
    assert (theirs.status, [c.name for c in theirs.failures]) == (
        ours.status,
        [c.name for c in ours.failures],
    )


@pytest.mark.parametrize("name", ["leaves-a-process", "orphans-a-process"])
def test_no_process_stays_behind(name: str) -> None:
    """A process that a migration started in a session of its own is ended with the command."""
    verdict_on(name, "forkserver")
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert "remodel-stray" not in listed.stdout


def test_a_hang_costs_its_time_limit_once_and_not_for_every_check(tmp_path: Path) -> None:
    """What depends on a command that hung is skipped, not tried again."""
    begun, catalog = tmp_path / "begun", find_course()
    files = load_answer(catalog, catalog.exercise(EXERCISE), str(HOSTILE / "hang")).files
    tells = f"open({str(begun)!r}, 'a').write('.'); time.sleep(".encode()
    lay_out(
        {name: c.replace(b"time.sleep(", tells) for name, c in files.items()}, tmp_path / "hang"
    )
    verdict = verdict_on(str(tmp_path / "hang"), "forkserver")
    assert verdict.count("skipped") > 5
    # On the database with rows, and beside it on an empty one.
    assert begun.read_text() in (".", "..")


def test_a_deaf_answer_leaves_ctrl_c_to_us_even_where_there_are_no_processes() -> None:
    """Inline, it turned a deaf ear in the grader's own process."""
    before = signal.getsignal(signal.SIGINT)
    verdict_on("deaf-loop", "inline")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_hostile_answer_leaves_its_own_files_as_they_were() -> None:
    """Grading works on copies."""
    before = {p: p.read_bytes() for p in HOSTILE.rglob("*") if p.is_file()}
    for name in ("symlink", "not-a-database", "missing-models"):
        verdict_on(name, "forkserver")
    assert {p: p.read_bytes() for p in HOSTILE.rglob("*") if p.is_file()} == before
