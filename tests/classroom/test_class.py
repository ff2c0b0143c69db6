"""`remodel class grade` on classes that a program made: each answer gets what it deserves."""

import json
import os
import re
import select
import signal
import subprocess
from pathlib import Path

import msgspec
import pytest

from remodel.classroom.grading_run import Count
from remodel.classroom.results_store import Graded
from remodel.course.catalog import Catalog
from remodel.grading.session import load_answer
from remodel.scratch import lay_out
from tests.benchmarks.run import family
from tests.classroom.a_class import PLAIN, Marks, Parts, make_class
from tests.classroom.conftest import Packing
from tests.conftest import BIN, ROOT, Remodel

FEW = ("add-a-column",)
MANY = ("first-model", "add-a-column", "required-column-with-rows", "rename-a-column")

#: Seconds that a program may take on a machine that is busy: where it does its work, it takes few.
PATIENCE = 120

#: What a revision begins with that tells where it runs, and then waits for an hour.
WAITS = """\
    import os, time
    open({pipe!r}, "w").write(os.getcwd())
    time.sleep(3600)
"""


@pytest.fixture
def teacher(tmp_path: Path) -> Remodel:
    """The command in the course itself, whose files are as shipped."""
    (tmp_path / "desk").mkdir()
    return Remodel(tmp_path / "desk", {"REMODEL_COURSE": str(ROOT)})


def graded(teacher: Remodel, *words: str) -> dict[str, dict[str, object]]:
    """What `class grade` says of everybody, by the number that Moodle knows them by."""
    done = teacher("class", "grade", "class.zip", "--json", "--unsafe", *words)
    assert done.returncode == 0, done.stderr
    return by_number(done.stdout)


def by_number(printed: str | bytes) -> dict[str, dict[str, object]]:
    """The summary, by the number that Moodle knows everybody by."""
    learners = json.loads(printed)["learners"]
    return {each["id"].rpartition("(")[2].rstrip(")"): each for each in learners}


def statuses(learners: dict[str, dict[str, object]]) -> dict[tuple[str, str], str]:
    """Who got what."""
    return {
        (number, slug): status
        for number, each in learners.items()
        for slug, status in dict(each["status"]).items()  # type: ignore[call-overload]
    }


def beliefs(gradebook: Path) -> set[str | None]:
    """The misconceptions behind the first failures in the results that were kept."""
    results = [
        msgspec.json.decode(file.read_bytes(), type=Graded)
        for file in (gradebook / "results").glob("*.json")
    ]
    return {result.failures[0].misconception for result in results if result.failures}


def deserved(marks: Marks, handed_in: set[str]) -> dict[tuple[str, str], str]:
    """What everybody of whom there is anything should get."""
    return {place: each.status for place, each in marks.items() if place[0] in handed_in}


def test_a_small_class_gets_what_it_deserves(
    catalog: Catalog, packed: Packing, teacher: Remodel
) -> None:
    """Six learners, one broken zip, two of one name: marks as deserved, every file written."""
    parts = Parts(size=6, broken=1, cheats=0, handed_in=0.8, names=PLAIN)
    marks = make_class(teacher.course / "class.zip", catalog, packed, FEW, parts)
    week = teacher.course / "week.toml"
    week.write_text('exercises = ["add-a-column"]\n')
    learners = graded(teacher, "--assignment", "week.toml")
    assert statuses(learners) == deserved(marks, set(learners))
    assert {"100", "101", "105"} <= set(learners)
    assert learners["100"]["points"] == learners["105"]["points"] != 0
    week.write_text(week.read_text() + "[points]\nadd-a-column = 10\n")
    changes = teacher("class", "regrade").stdout
    assert re.search(r"Anna Bell \(100\): add-a-column: pass, \d+ → pass, 10\n", changes)
    assert "\n5 marks are others than before.\n" in changes  # a broken zip had none
    assert "\n  class.zip/" in changes  # which is named as it was typed
    week.write_text(week.read_text() + '[[learner]]\nid = "100 Anna Bell"\n')
    strangers = "Anna Bell (100), Anna Bell (101), Ben Okafor and 3 more. There, the first would"
    said = " ".join(teacher("class", "regrade").stdout.split())
    assert f"Not on the list of the assignment: {strangers} have the id 100. 3 passed" in said
    printed = teacher("class", "grade", "class.zip").stdout
    page = (ROOT / "docs" / "teach" / "class.md").read_text("utf-8")
    assert without_points(f"$ remodel class grade class.zip\n{printed}```") in without_points(page)
    written = {path.name for path in (teacher.course / "gradebook").iterdir()}
    tables = {"gradebook.csv", "moodle.csv", "canvas.csv", "junit.xml", "class.html"}
    assert written == {*tables, "learners", "gradescope", "classroom50", "results"}


def without_points(shown: str) -> str:
    """The same whatever the checks of an exercise are worth today."""
    return re.sub(r"[\d.]+ of \d+", "N of N", shown)


@pytest.mark.slow
@pytest.mark.nightly
def test_a_class_of_thirty_is_graded_interrupted_and_resumed(
    catalog: Catalog, packed: Packing, teacher: Remodel
) -> None:
    """Ended in the middle and started again, it repeats nothing; each gets what they deserve."""
    parts = Parts(size=30, broken=3, cheats=2)
    marks = make_class(teacher.course / "class.zip", catalog, packed, MANY, parts)
    results = teacher.course / "gradebook" / "results"
    words = [str(BIN / "remodel"), "class", "grade", "class.zip", "--json", "--unsafe"]
    begun = subprocess.Popen(words, cwd=teacher.course, env=teacher.environment())
    while len(list(results.glob("*.json"))) < 10:
        assert begun.poll() is None
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    before = {file.name: file.stat().st_mtime_ns for file in results.glob("*.json")}
    # However long it takes: on a machine that is busy, minutes.
    resumed = subprocess.run(
        words, cwd=teacher.course, env=teacher.environment(), capture_output=True, check=True
    )
    learners = by_number(resumed.stdout)
    assert statuses(learners) == deserved(marks, set(learners))
    after = {file.name: file.stat().st_mtime_ns for file in results.glob("*.json")}
    assert before.items() <= after.items()
    expected = {each.misconception for each in marks.values() if each.misconception}
    assert expected <= beliefs(results.parent)


@pytest.mark.slow
def test_ctrl_c_ends_what_is_graded_and_leaves_nothing(catalog: Catalog, teacher: Remodel) -> None:
    """An answer that would wait for an hour is not waited for; no process and no copy stays."""
    pipe = teacher.course / "pipe"
    os.mkfifo(pipe)
    told = os.open(pipe, os.O_RDWR)
    files = dict(load_answer(catalog, catalog.exercise(FEW[0]), "solution").files)
    (revision,) = (name for name in files if "/0002" in name)
    waits = WAITS.format(pipe=str(pipe)).encode()
    files[revision] = files[revision].replace(b"    with op", waits + b"    with op", 1)
    lay_out(files, teacher.course / "in" / "ann" / FEW[0])
    words = ["class", "grade", "in", "--unsafe", "--jobs", "1", "--limit", "3600"]
    begun = subprocess.Popen(
        [str(BIN / "remodel"), *words],
        cwd=teacher.course,
        env=teacher.environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert select.select([told], [], [], PATIENCE)[0]
        below = [os.pidfd_open(pid) for pid in family(begun.pid)[1:]]
        os.killpg(begun.pid, signal.SIGINT)
        _, said = begun.communicate(timeout=PATIENCE)
    finally:
        begun.kill()
    assert (begun.returncode, said) == (130, "\nStopped. Nothing of yours was changed.\n")
    assert len(below) > 3 and all(select.select([pid], [], [], PATIENCE)[0] for pid in below)
    assert not Path(os.read(told, 1000).decode()).exists()


def test_the_time_that_is_left_is_said_once_enough_answers_have_ended() -> None:
    """The first batch tells little: the processes had to begin, and others are as far."""
    count = Count(total=120, known=20, done=20)
    count.add("pass", 8)
    assert count.seconds_left is None
    count.add("fail", 16)
    assert count.seconds_left is not None
