"""What was graded is not graded again while nothing that its verdict depends on has changed."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remodel.authoring.verdict_cache import VerdictCache
from remodel.course.catalog import Catalog, find_course
from remodel.grading.run import grade
from remodel.grading.session import AUDIT, LEARNER, Grading, Policy, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import opened
from tests.conftest import Remodel

SLUG = "rename-a-column"
LESSON = "06-complex-changes"
WRONG = "wrong/downgrade-pass"

#: Grades the solution and one wrong answer in a course; returns how many verdicts were known.
Known = Callable[..., int]


@pytest.fixture(scope="module")
def known() -> Known:
    """Keeps what it grades."""

    def grade_two(
        course: Path, seed: int = 1, policy: Policy = AUDIT, fresh: bool = False, limit: float = 10
    ) -> int:
        catalog = Catalog(course)
        exercise = catalog.exercise(SLUG)
        units = [Unit(exercise, name, seed) for name in ("solution", WRONG)]
        with opened("auto") as runner:
            workspace = Workspace(runner, limit)
            cache = VerdictCache(catalog, workspace, policy, fresh)
            verdicts = cache.verdicts(units)
            cache.keep(units, verdicts)
            workspace.close()
        assert [(v.answer, v.status) for v in verdicts] == [("solution", "pass"), (WRONG, "fail")]
        return cache.known

    return grade_two


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory: pytest.TempPathFactory, looking: Remodel, known: Known) -> Path:
    """A course in which two answers have been graded."""
    course = shutil.copytree(looking.course, tmp_path_factory.mktemp("graded") / "course")
    assert known(course) == 0
    return course


@pytest.fixture
def course(tmp_path: Path, graded_once: Path) -> Path:
    """A copy of that course: verdicts do not depend on where it lies."""
    return shutil.copytree(graded_once, tmp_path / "course")


def test_what_did_not_change_is_not_graded_again(course: Path, known: Known) -> None:
    """The second time, both verdicts are known."""
    assert known(course) == 2


def test_fresh_grades_everything(course: Path, known: Known) -> None:
    """It trusts nothing that was kept."""
    assert known(course, fresh=True) == 0


@pytest.mark.parametrize("other", [{"seed": 7}, {"policy": LEARNER}, {"limit": 9}])
def test_another_way_to_grade_is_another_verdict(
    course: Path, known: Known, other: dict[str, object]
) -> None:
    """Another seed, other checks that are made, another time limit."""
    assert known(course, **other) == 0


@pytest.mark.parametrize(
    "file",
    [
        f"exercises/{LESSON}/{SLUG}/test_exercise.py",
        f"exercises/{LESSON}/{SLUG}/exercise.toml",
        "exercises/misconceptions.toml",
        f"solutions/{LESSON}/{SLUG}/hearth/models.py",
        "lessons/05-history-and-versions/hearth/models.py",
    ],
)
def test_what_a_verdict_depends_on_has_all_graded_again(
    course: Path, known: Known, file: str
) -> None:
    """The grader, the settings, the sentences, the goal, and the app that lies underneath."""
    place = course / file
    place.write_text(place.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert known(course) == 0


def test_a_changed_answer_alone_is_graded_again(course: Path, known: Known) -> None:
    """The other verdict is known."""
    answer = course / "tests" / "answers" / LESSON / SLUG / WRONG
    changed = 0
    for file in answer.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("    pass", "    pass  # nothing"), encoding="utf-8")
            changed += "    pass" in text
    assert changed
    assert known(course) == 1


@pytest.mark.parametrize("folder", ["exercises", f"exercises/{LESSON}"])
def test_a_conftest_above_has_all_graded_again(course: Path, known: Known, folder: str) -> None:
    """Pytest reads it on its way down to the grader."""
    (course / folder / "conftest.py").write_text("# new\n", encoding="utf-8")
    assert known(course) == 0


def test_a_damaged_verdict_is_given_again_and_replaced(course: Path, known: Known) -> None:
    """As when the disk was full."""
    for file in (course / ".cache" / "verdicts").rglob("*.json"):
        file.write_bytes(file.read_bytes()[:20])
    assert known(course) == 0
    assert known(course) == 2


def test_a_cache_that_cannot_be_written_costs_no_verdict(course: Path, known: Known) -> None:
    """Here a file lies where its folder should be."""
    shutil.rmtree(course / ".cache")
    (course / ".cache").write_text("", encoding="utf-8")
    assert known(course) == 0


def test_dev_check_keeps_no_surprise(looking: Remodel, tmp_path: Path) -> None:
    """A verdict that is not the expected one may be the machine's fault: it is given again."""
    remodel = Remodel(shutil.copytree(looking.course, tmp_path / "course"))
    toml = remodel.course / "tests" / "answers" / LESSON / SLUG / WRONG / "answer.toml"
    toml.write_text(toml.read_text("utf-8").replace("test = ", 'test = "test_x" #'), "utf-8")
    first, second = (remodel("dev", "check", SLUG) for _ in range(2))
    assert (first.returncode, second.returncode) == (1, 1)
    assert "test_x" in second.stdout
    (verdicts, known), *_ = re.findall(r"(\d+) verdicts, (\d+) of them known", second.stdout)
    assert int(known) == int(verdicts) - 1


def test_a_learners_verdict_follows_from_one_with_every_check() -> None:
    """What is skipped because its base failed can be said without grading a second time."""
    catalog = find_course()
    exercise = catalog.exercise(SLUG)
    wrong = ("model-only", "drop-and-add", "no-way-back", "edited-baseline")
    names = ["starter", "solution", *(f"wrong/{name}" for name in wrong)]
    units = [Unit(exercise, name, 1) for name in names]

    def graded(policy: Policy) -> list[dict[str, Any]]:
        with opened("auto") as runner:
            workspace = Workspace(runner)
            verdicts = grade(Grading(catalog, {SLUG: units}, workspace, policy), [exercise])
            workspace.close()
        return [{**v.for_learner().as_json(), "seconds": 0} for v in verdicts]

    audited = graded(AUDIT)
    assert any(check["status"] == "skipped" for each in audited for check in each["tests"])
    assert audited == graded(LEARNER)
