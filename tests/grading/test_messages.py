"""What a verdict says: nothing that is not so, and what to do as the last thing to be cut."""

from contextlib import closing

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import Answer
from remodel.grading.results import Check, Verdict
from remodel.grading.run import grade
from remodel.grading.session import FIRST_REFUSAL, Grading
from remodel.grading.terminal import verdict_lines
from remodel.grading.unseen_model import unseen_model
from remodel.history import read_history

CATALOG = find_course()
INSPECTIONS = "hearth/inspections.py"
FACTORY = "hearth/__init__.py"


def test_why_keeps_its_advice_when_there_is_no_room() -> None:
    """The statement goes first, then the first sentence of *Why*; twelve lines are enough."""
    happened = ("It failed.", *(f"  line {number}" for number in range(7)), "  [SQL: SELECT 1]")
    explanation = f"Much is said {'and said again ' * 6}here. Do this."
    check = Check(
        "test_a", "It holds.", "fail", happened, misconception="a", explanation=explanation
    )
    verdict = Verdict("add-a-column", "a", 7, "forkserver", [check])
    lines = verdict_lines(verdict, CATALOG)
    assert len(lines) <= 12
    assert "  Why: Do this." in lines
    assert not any("SQL" in line for line in lines)
    assert any("line 6" in line for line in lines)


def test_who_has_changed_nothing_hears_no_belief() -> None:
    """The first line says so, and results.json lays no misconception at anybody's door."""
    exercise = CATALOG.exercise("first-model")
    with closing(Grading.of(CATALOG, ["starter"], [7], policy=FIRST_REFUSAL)) as grading:
        (verdict,) = grade(grading, [exercise])
    lines = verdict_lines(verdict, CATALOG)
    assert lines[1] == "  You have changed nothing yet."
    assert not any("Why" in line for line in lines)
    assert {check.misconception for check in verdict.checks} == {None}


def answer(**files: str) -> Answer:
    """The starter of models-not-found with other texts in two of its files."""
    exercise = CATALOG.exercise("models-not-found")
    changed = {INSPECTIONS: files.get("inspections"), FACTORY: files.get("factory")}
    new = {file: text.encode() for file, text in changed.items() if text is not None}
    return Answer(exercise, "a", {**exercise.given, **new})


@pytest.mark.parametrize(
    "line",
    [
        "from . import inspections",
        "from .inspections import Inspection",
        "import hearth.inspections",
        "def create_app():\n    from hearth import inspections",
        "import importlib\nimportlib.import_module('hearth.inspections')",
    ],
)
def test_nobody_is_told_of_an_import_that_is_there(line: str) -> None:
    """However a module is imported, and wherever: what is imported is not called missing."""
    assert unseen_model(answer(factory=line), "inspection") is None


def test_a_module_that_nothing_imports_is_named() -> None:
    """With the class, its file and its line."""
    unseen = unseen_model(answer(), "inspection")
    assert unseen is not None
    assert f"The class Inspection is in {INSPECTIONS}, and nothing" in unseen.sentence
    assert unseen.where.startswith(f"{INSPECTIONS}:")


def test_a_table_without_a_class_is_no_unseen_model() -> None:
    """Then there is no class to name."""
    assert unseen_model(answer(), "photo") is None


def test_a_file_beside_the_revisions_is_named_itself() -> None:
    """Alembic takes every Python file in versions/ for a revision, and none in a folder there."""
    helpers = {"migrations/versions/helpers.py": b"def f():\n    pass\n"}
    (problem,) = read_history(helpers).problems
    assert problem.startswith("migrations/versions/helpers.py: Alembic takes every Python file")
    inside = {"migrations/versions/more/helpers.py": b"def f():\n    pass\n"}
    assert read_history(inside).problems == ()
