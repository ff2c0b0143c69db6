"""An assignment: what it is worth, until when, for whom, and what is given out."""

import json
import re
import stat
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from remodel.classroom.assignment import Assignment, LateRule, Learner, read_assignment
from remodel.classroom.book import gradebook
from remodel.classroom.handing_out import hand_out, read_roster
from remodel.classroom.insight import equal_answers
from remodel.classroom.people import Person
from remodel.classroom.regrading import KeptMark, changed_marks
from remodel.classroom.results_store import Graded
from remodel.classroom.submissions import Submission
from remodel.course.catalog import Catalog
from remodel.errors import RemodelError
from tests.classroom.conftest import Packing, unpacked
from tests.conftest import BIN, ROOT, Remodel

DUE = datetime(2030, 10, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("late_by", "left"),
    [
        (timedelta(hours=-5), 1.0),
        (timedelta(0), 1.0),
        (timedelta(seconds=1), 0.9),
        (timedelta(days=1), 0.9),
        (timedelta(days=1, seconds=1), 0.8),
        (timedelta(days=3), 0.7),
        (timedelta(days=4), 0.0),
    ],
)
def test_each_day_begun_costs_its_share(late_by: timedelta, left: float) -> None:
    """A late rule of 10 % a day for three days: nothing early, nothing on time, then in steps."""
    assert LateRule(per_day=10, days=3).share(late_by) == pytest.approx(left)


def test_points_are_what_the_assignment_says() -> None:
    """Scaled by what the checks are worth, less for the late, and who is missing is there."""
    assignment = Assignment(
        exercises=("add-a-column",),
        due=DUE,
        late=LateRule(per_day=50),
        points={"add-a-column": 20},
        learners=(
            Learner("ann", "Ann Lee"),
            Learner("ben", due=DUE + timedelta(days=9)),
            Learner("cy"),
        ),
    )
    answers = {"add-a-column": {"hearth/models.py": b"x = 1"}}
    at = DUE + timedelta(hours=1)
    people = [Person("ann", "Ann"), Person("ben", "Ben"), Person("dee", "Dee")]
    handed_in = [Submission(person, "", answers, at=at) for person in people]
    verdict = Graded("fail", "add-a-column", 1, 4, 1)
    results = {(person.id, "add-a-column"): verdict for person in people}
    book = gradebook(assignment, handed_in, results)
    assert {row.person.id: row.total for row in book.rows} == {
        "ann": 2.5,
        "ben": 5,
        "cy": 0,
        "dee": 2.5,
    }
    assert {row.person.id: row.person.name for row in book.rows}["ann"] == "Ann Lee"
    notes = {row.person.id: row.notes for row in book.rows}
    assert "Not on the list" in notes["dee"][0]
    (equal,) = equal_answers(book)
    assert ([row.person.id for row in equal.rows], equal.passes) == (["ann", "ben", "dee"], False)


def test_a_seed_is_known_to_who_has_the_secret() -> None:
    """Another secret, or another exercise, has other rows; the same has the same."""
    one, two = (Assignment(exercises=("x",), secret=secret) for secret in ("a", "b"))
    assert one.seed("x") == one.seed("x") != two.seed("x")
    assert one.seed("x") != one.seed("y")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('exercises = ["add-a-colum"]', "no exercise"),
        ('exercises = ["add-a-column"]\n[points]\nrename-a-column = 3', "not among"),
        ('exercises = ["add-a-column"]\npoint = 3', "point"),
        ('exercises = ["add-a-column"]\nformat = 2', "reads 1"),
    ],
)
def test_a_mistake_in_it_is_named(catalog: Catalog, tmp_path: Path, line: str, words: str) -> None:
    """What an assignment.toml cannot say is said with its file and line."""
    file = tmp_path / "assignment.toml"
    file.write_text(line)
    with pytest.raises(RemodelError, match=rf"assignment\.toml:\d+.*{words}"):
        read_assignment(file, catalog)


def test_starters_hold_no_solution_and_no_test(catalog: Catalog, tmp_path: Path) -> None:
    """Everybody of the roster gets a zip with their variant: the app, and nothing that answers."""
    roster = tmp_path / "roster.csv"
    roster.write_text("zoe,Zoë\n\nben\n")
    exercise = catalog.exercise("add-a-table")
    written = hand_out(catalog, tmp_path / "out", [exercise], "Week", DUE, read_roster(roster))
    assert [path.name for path in written] == ["assignment.toml", "zoe.zip", "ben.zip"]
    assignment = read_assignment(written[0], catalog)
    assert [learner.variant for learner in assignment.learners] == [0, 1]
    assert assignment.due == DUE
    assert assignment.given_out_otherwise(catalog) == []
    names: dict[str, set[str]] = {}
    for zipped in written[1:]:
        folder = unpacked(zipped.read_bytes(), tmp_path / zipped.stem)
        names[zipped.stem] = {p.relative_to(folder).as_posix() for p in folder.rglob("*.*")}
        mark = json.loads((folder / exercise.slug / ".remodel.json").read_bytes())
        own = exercise.in_variant(mark["variant"])
        solution = {own.reworded(p.read_bytes()) for p in own.solution_path.rglob("*.py")}
        assert not solution & {p.read_bytes() for p in folder.rglob("*.py")}
    assert {name for each in names.values() for name in each if "test_" in name} == set()
    assert names["zoe"] >= {".devcontainer/devcontainer.json"}
    assert any(name.endswith("hearth.db") for name in names["zoe"])
    with pytest.raises(RemodelError, match="is there already"):
        hand_out(catalog, tmp_path / "out", [exercise])


def test_an_exercise_that_changed_since_is_named(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """The assignment keeps with what it was given out, and grading says where that differs."""
    written = hand_out(catalog, tmp_path / "week", [catalog.exercise("add-a-column")])
    text = written[0].read_text()
    written[0].write_text(re.sub(r'^(add-a-column = ").*"', r'\1an older one"', text, flags=re.M))
    (tmp_path / "ann.zip").write_bytes(packed("ann", {"add-a-table": "starter"}))
    teacher = Remodel(tmp_path, {"REMODEL_COURSE": str(ROOT)})
    done = teacher("class", "grade", "ann.zip", "--assignment", "week/assignment.toml", "--unsafe")
    assert "Not as they were given out" in done.stderr and "add-a-column" in done.stderr


def test_lessons_three_to_seven_have_something_that_differs_for_each(catalog: Catalog) -> None:
    """In each of them at least one exercise has variants."""
    having = {each.lesson[:2] for each in catalog.exercises.values() if each.variants}
    assert having >= {"03", "04", "05", "06", "07"}


def test_a_roster_with_two_of_one_id_is_refused(tmp_path: Path) -> None:
    """An id belongs to one learner."""
    file = tmp_path / "roster.csv"
    file.write_text("zoe\nZoe,Other\n")
    with pytest.raises(RemodelError, match="no two"):
        read_roster(file)


def test_only_marks_that_differ_are_named() -> None:
    """After a regrade: those that are others, and those that are new."""
    same, low, high = (KeptMark("fail", points) for points in (1, 2, 3))
    before = {"ann": {"x": same, "y": low}}
    now = {"ann": {"x": same, "y": high}, "ben": {"x": low}}
    changes = changed_marks(before, now)
    assert [(c.id, c.slug, c.before, c.now) for c in changes] == [
        ("ann", "y", low, high),
        ("ben", "x", None, low),
    ]


HIDDEN = '''
def test_nobody_knows(project):
    """The secret of the teacher."""
    raise AssertionError("a secret message")
'''


def test_gradescope_is_given_what_it_runs(packed: Packing, tmp_path: Path) -> None:
    """The autograder's script grades a submission; a hidden test counts, and shows nothing."""
    folder = tmp_path / "week"
    (folder / "hidden").mkdir(parents=True)
    (folder / "assignment.toml").write_text('exercises = ["add-a-column"]\n')
    (folder / "hidden" / "add-a-column.py").write_text(HIDDEN)
    teacher = Remodel(folder, {"REMODEL_COURSE": str(ROOT)})
    written = teacher("class", "export", ".", "--assignment", "assignment.toml", "--gradescope")
    assert written.returncode == 0, written.stderr
    place = tmp_path / "autograder"
    with zipfile.ZipFile(folder / "autograder.zip") as archive:
        archive.extractall(place / "source")
        mode = archive.getinfo("run_autograder").external_attr >> 16
    assert stat.S_IMODE(mode) & 0o111
    assert not list((place / "source").rglob("wrong"))
    unpacked(packed("", {"add-a-column": "wrong/model-only"}), place / "submission")
    done = teacher.run(
        *("bash", str(place / "source" / "run_autograder")),
        AUTOGRADER=str(place),
        REMODEL=str(BIN / "remodel"),
    )
    assert done.returncode == 0, done.stderr
    results = json.loads((place / "results" / "results.json").read_bytes())
    assert results["score"] == 0 and len(results["tests"]) > 10, (place / "log.txt").read_text()
    hidden = [test for test in results["tests"] if test["visibility"] == "hidden"]
    assert [test["name"] for test in hidden] == ["add-a-column: The secret of the teacher."]
    (sheet,) = (place / "gradebook" / "learners").iterdir()
    assert "secret" not in sheet.read_text("utf-8")


def test_classroom_50_is_given_what_it_runs(packed: Packing, tmp_path: Path) -> None:
    """The autograder writes result.json into the learner's repository, with the runner's links."""
    file = tmp_path / "assignment.toml"
    file.write_text('exercises = ["add-a-column"]\n')
    teacher = Remodel(tmp_path, {"REMODEL_COURSE": str(ROOT)})
    written = teacher("class", "export", ".", "--assignment", str(file), "--classroom50")
    assert written.returncode == 0, written.stderr
    handed_in = packed("", {"add-a-column": "wrong/model-only"})
    repository = unpacked(handed_in, tmp_path / "repository")
    done = teacher.run(
        *(sys.executable, str(tmp_path / "classroom50" / "autograder.py")),
        cwd=repository,
        REMODEL=str(BIN / "remodel"),
        COMMIT_URL="https://example.org/commit/1",
    )
    assert done.returncode == 0, done.stderr
    result = json.loads((repository / "result.json").read_bytes())
    assert (result["schema"], result["score"]) == ("classroom50/result/v1", 0)
    assert result["commit"] == "https://example.org/commit/1"
    (test,) = result["tests"]
    assert (test["test-name"], test["passed"], bool(test["hint"])) == ("add-a-column", False, True)
