"""A grader is judged by its mistakes: every shipped answer gets the verdict it deserves.

`make golden` writes the expected messages anew; read the difference before you commit it.
"""

import atexit
import functools
import os
import re
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from remodel.authoring.content_rules import about, shipped_answers
from remodel.authoring.kill_matrix import Report, answer_problems, check_exercise
from remodel.authoring.mutants.attack import attack
from remodel.authoring.mutants.attack import published as mutants_file
from remodel.authoring.mutants.attack import written as mutants_written
from remodel.authoring.mutants.bad_migrations import bad_migrations
from remodel.authoring.published_matrix import matrix_file, written
from remodel.course.catalog import find_course
from remodel.course.exercise import Exercise
from remodel.grading import standard
from remodel.grading.answer import solution
from remodel.grading.run import grade
from remodel.grading.session import FIRST_REFUSAL, Grading, Unit
from remodel.grading.terminal import MOST_LINES, WIDTH, verdict_lines
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Runner, open_runner
from remodel.scratch import lay_out

CATALOG = find_course()
#: Set, every verdict is given again: `make FRESH=1 test`.
FRESH = bool(os.environ.get("REMODEL_FRESH"))
GOLDEN = CATALOG.root / "tests" / "golden"


@functools.cache
def warm() -> Runner:
    """One runner for all exercises of this process."""
    runner = open_runner()
    atexit.register(runner.close)
    return runner


@functools.cache
def graded(slug: str) -> Report:
    """Every answer of one exercise as a learner is graded: the tests in this file share it."""
    return check_exercise(CATALOG, CATALOG.exercise(slug), [1], warm(), fresh=FRESH)


#: One worker takes all tests of an exercise, and grades its answers once.
each_exercise = pytest.mark.parametrize(
    "slug",
    [pytest.param(slug, marks=pytest.mark.xdist_group(slug)) for slug in CATALOG.exercises],
)


@each_exercise
def test_every_answer_gets_the_verdict_it_deserves(slug: str) -> None:
    """Starter and wrong answers fail where they say, right ones pass, nothing is missing."""
    assert graded(slug).problems == []


@each_exercise
def test_the_published_matrix_is_true(slug: str) -> None:
    """What docs/kill-matrix says was refused by what, still is."""
    published = matrix_file(CATALOG, CATALOG.exercise(slug)).read_text(encoding="utf-8")
    assert published == written(graded(slug).matrix), f"remodel dev check {slug} --write"


@each_exercise
def test_the_message_is_the_one_that_was_reviewed(slug: str) -> None:
    """Every refusal has at most twelve lines of 80 columns, and the words in golden/."""
    told = {
        verdict.answer: _timeless(verdict_lines(verdict, CATALOG))
        for verdict in graded(slug).verdicts
        if verdict.status == "fail"
    }
    for name, lines in told.items():
        assert len(lines) <= MOST_LINES, name
        assert max(map(len, lines)) <= WIDTH, name
    text = "".join(
        f"$ remodel check {slug} --answers {n}\n" + "\n".join(x) + "\n\n" for n, x in told.items()
    )
    file = GOLDEN / f"{slug}.txt"
    if os.environ.get("REMODEL_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def _timeless(lines: list[str]) -> list[str]:
    return [re.sub(r"\(\d+\.\d+ s, ", "(… s, ", line) for line in lines]


def test_no_matrix_is_published_of_an_exercise_that_is_gone() -> None:
    """docs/kill-matrix holds one file for each exercise, and no other."""
    published = {file.stem for file in (CATALOG.root / "docs" / "kill-matrix").glob("*.json")}
    assert published == set(CATALOG.exercises)


def test_a_bad_migration_is_refused_for_what_it_does(tmp_path: Path) -> None:
    """Each runs to its end: one that fails by a fault of its own would prove nothing."""
    exercise = CATALOG.exercise("add-a-column")
    files = solution(exercise).files.items()
    handed = {file: text.decode() for file, text in files if exercise.accepts(file)}
    for number, (_name, made) in enumerate(bad_migrations(exercise, handed)):
        lay_out({file: text.encode() for file, text in made.items()}, tmp_path / str(number))
    units = [Unit(exercise, str(folder), 1) for folder in sorted(tmp_path.iterdir())]
    grading = Grading(CATALOG, {exercise.slug: units}, Workspace(warm()), FIRST_REFUSAL)
    with closing(grading.workspace):
        verdicts = grade(grading, [exercise])
    told = [" ".join(verdict.failures[0].message) for verdict in verdicts]
    assert len(told) >= 7
    assert not [words for words in told if "NameError" in words or "UnboundLocal" in words]
    assert "test_a_database_with_rows_reaches_head" not in {v.failures[0].name for v in verdicts}


@pytest.mark.slow
@pytest.mark.parametrize("slug", list(CATALOG.exercises))
def test_no_fault_in_the_solution_goes_unseen(slug: str) -> None:
    """Each mechanical fault is refused, or it is recorded why it is none."""
    exercise = CATALOG.exercise(slug)
    outcome = attack(CATALOG, exercise, fresh=FRESH)
    assert (outcome.unexplained, outcome.stale) == ([], [])
    file = mutants_file(CATALOG, exercise)
    assert file.read_text("utf-8") == mutants_written(outcome), "remodel dev attack --write"


@pytest.mark.slow
@pytest.mark.parametrize("slug", list(CATALOG.exercises))
def test_the_verdicts_do_not_depend_on_the_seed(slug: str) -> None:
    """Values vary with the seed; marks do not."""
    exercise = CATALOG.exercise(slug)
    answers = shipped_answers(exercise)
    assert answer_problems(CATALOG, exercise, answers, [2, 3], warm(), FRESH) == []


def one_for_each_check(exercise: Exercise) -> list[str]:
    """Starter, solution, and the first wrong answer that each check is the first to refuse."""
    first = dict[str, str]()
    for name in shipped_answers(exercise)[2:]:
        if name.startswith("wrong/"):
            first.setdefault(about(exercise, name)["test"], name)
    return ["starter", "solution", *first.values()]


@pytest.mark.slow
@pytest.mark.parametrize(
    "slug", [e.slug for e in CATALOG.exercises.values() if e.hands_in != "script"]
)
def test_the_inline_runner_says_the_same(slug: str) -> None:
    """Whatever check an answer fails by, the browser's runner says what the forkserver says."""
    exercise = CATALOG.exercise(slug)
    answers = one_for_each_check(exercise)
    assert answer_problems(CATALOG, exercise, answers, [1], "inline", FRESH) == []


@pytest.mark.slow
def test_the_subprocess_runner_says_the_same() -> None:
    """The runner of macOS and Windows gives the verdicts that the forkserver gives."""
    exercise = CATALOG.exercise("add-a-column")
    answers = shipped_answers(exercise)
    assert answer_problems(CATALOG, exercise, answers, [1], "subprocess", FRESH) == []


@pytest.mark.parametrize("lesson", list(CATALOG.lessons))
def test_the_core_of_a_lesson_fits_into_an_hour(lesson: str) -> None:
    """At most four core exercises in a lesson, under sixty minutes in all, and they come first."""
    tracks = [e.track for e in CATALOG.exercises.values() if e.lesson == lesson]
    assert tracks.count("core") <= 4
    assert tracks == sorted(tracks)
    assert CATALOG.core_minutes(lesson) < 60


def test_what_needs_processes_is_not_graded_inline() -> None:
    """An exercise that starts programs gets no verdict where there are none, not a pass."""
    grading = Grading.of(CATALOG, ["solution"], [1], "inline")
    (verdict,) = grade(grading, [CATALOG.exercise("release-command")])
    grading.close()
    assert verdict.status == "error"
    assert "no processes" in str(verdict.ungraded)


def test_every_standard_check_is_failed_by_some_wrong_answer() -> None:
    """A check that no shipped answer is refused by might be one that cannot fail."""
    answers = (CATALOG.root / "tests" / "answers").rglob("answer.toml")
    named = {tomllib.loads(file.read_text(encoding="utf-8")).get("test") for file in answers}
    assert set(standard.ALL) - named == set()
