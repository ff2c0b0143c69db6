"""A check that the untouched starter passes asks for nothing, and the author is told what to do."""

from pathlib import Path

from remodel.authoring.kill_matrix import answer_problems
from remodel.course.catalog import Catalog
from tests.conftest import SLUG

CHECK = '\n\ndef test_nothing(project):\n    """Nothing must be true."""\n'


def test_a_check_that_the_starter_passes_is_named_with_both_cures(course: Path) -> None:
    """It should fail there, or be marked as one that only guards what is right already."""
    catalog = Catalog(course)
    exercise = catalog.exercise(SLUG)
    assert answer_problems(catalog, exercise, ["starter"], [1]) == []
    # The same process reads the grader again, and not what it was.
    with (exercise.path / "test_exercise.py").open("a", encoding="utf-8") as grader:
        grader.write(CHECK)
    (problem,) = answer_problems(catalog, exercise, ["starter"], [1])
    assert "passes test_nothing: make it fail on the starter, or mark it guard" in problem
