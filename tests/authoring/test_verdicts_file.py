"""What docs/verdicts publishes is what learners of the shipped course read."""

from contextlib import closing
from datetime import date
from pathlib import Path

from remodel.authoring.verdict_cache import VerdictCache
from remodel.authoring.verdicts_file import on_answers
from remodel.course.catalog import Catalog
from remodel.grading.results import Check, Verdict
from remodel.grading.session import FIRST_REFUSAL, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import opened
from tests.conftest import SLUG


def test_an_exercise_that_its_author_is_changing_is_published_as_it_will_be_shipped(
    course: Path,
) -> None:
    """A grader with one comment more than the manifest knows leaves no trace in the messages."""
    catalog = Catalog(course)
    exercise = catalog.exercise(SLUG)
    with (exercise.path / "test_exercise.py").open("a", encoding="utf-8") as grader:
        grader.write("# One line more.\n")
    with opened() as runner, closing(Workspace(runner)) as workspace:
        cache = VerdictCache(catalog, workspace, FIRST_REFUSAL, fresh=True)
        verdicts = cache.verdicts([Unit(exercise, "starter", 1)])
    assert verdicts[0].changed_course
    message = on_answers(catalog, exercise, verdicts)["starter"]["message"]
    assert "changed course" not in "\n".join(message)


def test_what_differs_from_run_to_run_is_not_published(course: Path) -> None:
    """An id that Alembic drew, a moment in a log and the day of the run give way to a mark."""
    exercise = Catalog(course).exercise(SLUG)
    drawn = "4ec22b490bdb, 4ec22b490bdb_a.py [2026-11-28 12:28:14,695] ERROR: 0002"
    days = f"'{date.today()}', and '2003-08-23' in a row"
    check = Check("test_it", "It holds.", "fail", (drawn, days))
    verdict = Verdict(SLUG, "starter", 1, "inline", [check], 1.25)
    message = on_answers(Catalog(course), exercise, [verdict])["starter"]["message"]
    assert "(… s, seed 1)" in message[0]
    assert "    …, …_a.py […] ERROR: 0002" in message
    assert "    '(that day)', and '2003-08-23' in a row" in message
