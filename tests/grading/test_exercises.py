"""A grader is judged by its mistakes: every shipped answer gets the verdict it deserves.

`remodel dev check --write` writes the expected messages; read the difference before you commit it.
"""

import atexit
import functools
import os
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from remodel.authoring.content_rules import about, shipped_answers
from remodel.authoring.kill_matrix import Report, answer_problems, check_exercise
from remodel.authoring.mutants.attack import attack, on_mutants
from remodel.authoring.mutants.bad_migrations import bad_migrations
from remodel.authoring.verdicts_file import published
from remodel.course.catalog import find_course
from remodel.course.exercise import Exercise
from remodel.grading import standard
from remodel.grading.answer import solution
from remodel.grading.run import grade
from remodel.grading.session import FIRST_REFUSAL, Grading, Unit
from remodel.grading.terminal import MOST_LINES, verdict_lines
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Runner, open_runner
from remodel.scratch import lay_out
from remodel.wrapping import WIDTH
from tests.nights import one_for_each_check, others_at_night

CATALOG = find_course()
#: A release becomes another program, and a server is one: no browser has any.
IN_A_BROWSER = [
    each.slug
    for each in CATALOG.exercises.values()
    if each.hands_in != "script" and each.database == "sqlite"
]
#: Set, every verdict is given again: `make FRESH=1 test`.
FRESH = bool(os.environ.get("REMODEL_FRESH"))

#: An exercise with more answers is graded in part by day: wire-it-up alone took over two minutes.
MOST_BY_DAY = 50


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


def is_whole_by_day(exercise: Exercise) -> bool:
    """Whether all answers are graded at every change; of the others it takes too long."""
    of_core = exercise.track == "core" and exercise.hands_in != "script"
    few = len(shipped_answers(exercise)) <= MOST_BY_DAY
    return of_core and few and exercise.database == "sqlite"


def marks(exercise: Exercise) -> list[pytest.MarkDecorator]:
    """One worker takes all tests of an exercise, and grades its answers once."""
    group = pytest.mark.xdist_group(exercise.slug)
    night = [] if is_whole_by_day(exercise) else [pytest.mark.slow, pytest.mark.nightly]
    return [group, *night]


each_exercise = pytest.mark.parametrize(
    "slug", [pytest.param(e.slug, marks=marks(e)) for e in CATALOG.exercises.values()]
)
#: Of which the gate grades a part, and the night all.
IN_PART = [
    each.slug
    for each in CATALOG.exercises.values()
    if not is_whole_by_day(each) and each.database == "sqlite"
]


@each_exercise
def test_every_answer_gets_the_verdict_it_deserves(slug: str) -> None:
    """Starter and wrong answers fail where they say, right ones pass, nothing is missing."""
    assert graded(slug).problems == []


@each_exercise
def test_the_published_verdicts_are_those_of_today(slug: str) -> None:
    """What docs/verdicts says of each answer, which check refused it and in what words, is so."""
    known = published(CATALOG, CATALOG.exercise(slug))
    parts = graded(slug).to_publish
    assert {part: known[part] for part in parts} == parts, f"remodel dev check {slug} --write"


@each_exercise
def test_a_refusal_fits_on_the_screen(slug: str) -> None:
    """It has at most twelve lines of 80 columns."""
    for verdict in graded(slug).verdicts:
        lines = verdict_lines(verdict, CATALOG)
        assert len(lines) <= MOST_LINES, verdict.answer
        assert max(map(len, lines)) <= WIDTH, verdict.answer


@pytest.mark.slow
@pytest.mark.parametrize("slug", IN_PART)
def test_each_check_refuses_the_answer_that_is_there_for_it(slug: str) -> None:
    """The part of the answers that a merge waits for, where all take too long."""
    exercise = CATALOG.exercise(slug)
    assert (
        answer_problems(CATALOG, exercise, one_for_each_check(exercise), [1], warm(), FRESH) == []
    )


def test_nothing_is_published_of_an_exercise_that_is_gone() -> None:
    """docs/verdicts holds one file for each exercise, and no other."""
    assert {file.stem for file in CATALOG.layout.verdicts.iterdir()} == set(CATALOG.exercises)


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
    messages = [" ".join(verdict.failures[0].message) for verdict in verdicts]
    assert len(messages) >= 7
    assert not [words for words in messages if "NameError" in words or "UnboundLocal" in words]
    assert "test_a_database_with_rows_reaches_head" not in {v.failures[0].name for v in verdicts}


def needs_a_process(exercise: Exercise, name: str) -> bool:
    """Whether a wrong answer shows what it is in a process of its own alone."""
    if not name.startswith("wrong/"):
        return False
    typed = about(exercise, name).test == "test_it_does_the_same_in_a_playground"
    return typed or name == "wrong/models-do-the-migrating"  # it changes Alembic, for all others


@others_at_night()
def test_no_fault_in_the_solution_goes_unseen(slug: str) -> None:
    """Each mechanical fault is refused, or it is recorded why it is none."""
    exercise = CATALOG.exercise(slug)
    known = published(CATALOG, exercise).get("mutants")
    command = f"`remodel dev attack {slug} --write`"
    assert known is not None, (
        f"docs/verdicts/{slug}.json says nothing of faults in the solution. Run {command}: it "
        "grades each, and names those that nothing refuses."
    )
    outcome = attack(CATALOG, exercise, fresh=FRESH)
    assert (outcome.unexplained, outcome.stale) == ([], [])
    assert known == on_mutants(outcome)["mutants"], f"The faults are other ones now. Run {command}."


@others_at_night()
def test_the_verdicts_do_not_depend_on_the_seed(slug: str) -> None:
    """Values vary with the seed; marks do not. `make seeds` tries fifty."""
    exercise = CATALOG.exercise(slug)
    answers = shipped_answers(exercise)
    assert answer_problems(CATALOG, exercise, answers, [2], warm(), FRESH) == []


@others_at_night(among=IN_A_BROWSER)
def test_the_inline_runner_says_the_same(slug: str) -> None:
    """Whatever check an answer fails by, the browser's runner says what the forkserver says.

    Left out is what needs a program of its own, or changes the process that it shares.
    """
    exercise = CATALOG.exercise(slug)
    answers = [name for name in one_for_each_check(exercise) if not needs_a_process(exercise, name)]
    assert answer_problems(CATALOG, exercise, answers, [1], "inline", FRESH) == []


@pytest.mark.slow
def test_the_subprocess_runner_says_the_same() -> None:
    """The runner of macOS and Windows gives the verdict of each check that the forkserver gives."""
    exercise = CATALOG.exercise("add-a-column")
    answers = one_for_each_check(exercise)
    assert answer_problems(CATALOG, exercise, answers, [1], "subprocess", FRESH) == []


@pytest.mark.parametrize("lesson", list(CATALOG.lessons))
def test_the_core_of_a_lesson_is_short(lesson: str) -> None:
    """At most four core exercises in a lesson, eighty minutes in all, and they come first."""
    tracks = [e.track for e in CATALOG.exercises.values() if e.lesson == lesson]
    assert tracks.count("core") <= 4
    assert tracks == sorted(tracks, key=("core", "more", "capstone").index)
    assert CATALOG.core_minutes(lesson) <= 80


def test_what_needs_processes_is_not_graded_inline() -> None:
    """An exercise that starts programs gets no verdict where there are none, not a pass."""
    grading = Grading.of(CATALOG, ["solution"], [1], "inline")
    (verdict,) = grade(grading, [CATALOG.exercise("release-command")])
    grading.close()
    assert verdict.status == "error"
    assert "no processes" in str(verdict.ungraded)


def test_the_inline_runner_says_which_check_it_does_not_make() -> None:
    """What nobody looked at is no check that passed: it is not counted, and a line says so."""
    grading = Grading.of(CATALOG, ["solution"], [1], "inline")
    (verdict,) = grade(grading, [CATALOG.exercise("add-a-column")])
    grading.close()
    assert verdict.status == "pass"
    assert "test_it_does_the_same_in_a_playground" not in verdict.names
    assert "was not checked" in " ".join(verdict_lines(verdict, CATALOG))


def test_every_standard_check_is_failed_by_some_wrong_answer() -> None:
    """A check that no shipped answer is refused by might be one that cannot fail."""
    answers = (CATALOG.root / "tests" / "answers").rglob("answer.toml")
    named = {tomllib.loads(file.read_text(encoding="utf-8")).get("test") for file in answers}
    assert set(standard.ALL) - named == set()
