"""What exercise.toml names and nothing has is said once, with its place, before any grading."""

import shutil
from pathlib import Path

import pytest

from remodel.authoring.content_rules import content_problems, settings_problems
from remodel.authoring.kill_matrix import check_exercise
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from tests.conftest import ROOT, SLUG, SOLUTION

EXERCISE = Path("exercises/04-creating-and-applying") / SLUG
DEPLOYED = 'deployed = ["0001"]'
#: The check that an exercise asks for by [standard] last_release.
CHECK = "test_the_last_release_still_works"


def exercise_with(course: Path, settings: str) -> Exercise:
    """add-a-column in a course of its own, with `settings` where it says what is deployed."""
    for part in ("lessons", EXERCISE, SOLUTION):
        shutil.copytree(ROOT / part, course / part)
    toml = course / EXERCISE / "exercise.toml"
    text = toml.read_text(encoding="utf-8")
    assert DEPLOYED in text
    toml.write_text(text.replace(DEPLOYED, settings), encoding="utf-8")
    return Catalog(course).exercise(SLUG)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ('deployed = ["0001", "0009"]', "7: 'deployed', item 2 names '0009'. The revisions are:"),
        (
            f'{DEPLOYED}\ndeployment = [{{ name = "live", revision = "0009" }}]',
            "8: [[deployment]] number 1 (live), 'revision' names '0009'. The revisions are: 0001,",
        ),
        (
            f'{DEPLOYED}\nfree_defaults = ["furniture.name", "furniture.colr"]',
            "8: 'free_defaults', item 2 ('furniture.colr') is no table.column of",
        ),
        (
            f'{DEPLOYED}\nfree_defaults = ["furnitures.name"]',
            "8: 'free_defaults', item 1 ('furnitures.name') is no table.column of",
        ),
        (f'{DEPLOYED}\nfree_defaults = ["name"]', "8: 'free_defaults', item 1 ('name') is no"),
        (
            f'{DEPLOYED}\nvalues = {{ "furniture.colr" = ["red"] }}',
            "8: [values], 'furniture.colr' is no table.column of the models",
        ),
        (
            f'{DEPLOYED}\nstandard = {{ last_release = ["hearth/models.py", "hearth/model.py"] }}',
            "8: [standard], 'last_release', item 2 names 'hearth/model.py', which is not given.",
        ),
        (
            f'{DEPLOYED}\nstandard = {{ last_release = [], without = {{ {CHECK} = "no" }} }}',
            "8: [standard], 'last_release' asks for a standard check that is made of revisions",
        ),
    ],
)
def test_a_name_that_nothing_has_is_a_problem(tmp_path: Path, settings: str, problem: str) -> None:
    """A misspelt column would turn a setting off, and a revision would fail in every answer."""
    exercise = exercise_with(tmp_path, settings)
    (only,) = settings_problems(exercise)
    assert only.startswith(f"{exercise.path / 'exercise.toml'}:{problem}")
    assert only in content_problems(exercise)


def test_an_exercise_says_what_could_have_been_lost(tmp_path: Path) -> None:
    """The learner reads it after the pass."""
    exercise = exercise_with(tmp_path, DEPLOYED)
    assert not [problem for problem in content_problems(exercise) if "stake" in problem]
    toml = tmp_path / EXERCISE / "exercise.toml"
    lines = toml.read_text(encoding="utf-8").splitlines(keepends=True)
    toml.write_text("".join(line for line in lines if not line.startswith("stake")))
    (unsaid,) = (p for p in content_problems(Catalog(tmp_path).exercise(SLUG)) if "stake" in p)
    assert "what could have been lost" in unsaid


def test_it_is_said_once_and_no_answer_is_graded(tmp_path: Path) -> None:
    """Each answer would only say the same again."""
    exercise = exercise_with(tmp_path, 'deployed = ["0009"]')
    report = check_exercise(Catalog(tmp_path), exercise, [1])
    assert sum("'0009'" in problem for problem in report.problems) == 1
    assert report.verdicts == []


def test_the_exercises_name_only_what_there_is() -> None:
    """A revision that only the solution has is one that a copy may be at: lost-revision's is."""
    exercises = Catalog(ROOT).exercises
    assert "lost-revision" in exercises
    assert [p for exercise in exercises.values() for p in settings_problems(exercise)] == []
