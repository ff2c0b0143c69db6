"""What was graded is not graded again while nothing that its verdict depends on has changed."""

import re
import shutil
from pathlib import Path

import pytest

from remodel.authoring.content_rules import shipped_answers
from remodel.course.catalog import find_course
from remodel.grading.run import grade
from remodel.grading.session import AUDIT, LEARNER, Grading, Policy, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import opened
from tests.conftest import Remodel

SLUG = "rename-a-column"
LESSON = "06-complex-changes"
COUNT = re.compile(r"(\d+) verdicts, (\d+) of them known")


def gradings(remodel: Remodel, *options: str) -> int:
    """How many answers `remodel dev check` graded, all of them as they should be."""
    checked = remodel("dev", "check", SLUG, *options)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    ((verdicts, known),) = COUNT.findall(checked.stdout)
    return int(verdicts) - int(known)


@pytest.fixture(scope="module")
def checked_once(tmp_path_factory: pytest.TempPathFactory, looking: Remodel) -> Path:
    """A course in which one exercise has been checked."""
    course = shutil.copytree(looking.course, tmp_path_factory.mktemp("checked") / "course")
    assert gradings(Remodel(course)) > 0
    return course


@pytest.fixture
def author(tmp_path: Path, checked_once: Path) -> Remodel:
    """The command in a copy of that course: verdicts do not depend on where it lies."""
    return Remodel(shutil.copytree(checked_once, tmp_path / "course"))


def test_what_did_not_change_is_not_graded_again(author: Remodel) -> None:
    """The second check takes its verdicts from the first."""
    assert gradings(author) == 0


def test_fresh_grades_everything(author: Remodel) -> None:
    """--fresh believes nothing that was kept."""
    assert gradings(author, "--fresh") > 0


def test_another_seed_is_another_grading(author: Remodel) -> None:
    """Rows vary with the seed."""
    assert gradings(author, "--first-seed", "7") > 0


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
def test_what_a_verdict_depends_on_has_all_of_them_graded_again(author: Remodel, file: str) -> None:
    """The grader, the settings, the sentences, the goal, and the app that lies underneath."""
    place = author.course / file
    place.write_text(place.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    every = len(shipped_answers(find_course().exercise(SLUG)))
    assert gradings(author) == every


def test_a_changed_answer_alone_is_graded_again(author: Remodel) -> None:
    """The others are known."""
    (changed,) = author.course.glob(f"tests/answers/{LESSON}/{SLUG}/wrong/downgrade-pass")
    (model,) = changed.rglob("models.py")
    model.write_text(model.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert gradings(author) == 1


def test_a_surprise_is_not_kept(author: Remodel) -> None:
    """A verdict that is not the expected one may be the machine's fault: it is given again."""
    (answer,) = author.course.glob(f"tests/answers/{LESSON}/{SLUG}/wrong/downgrade-pass")
    toml = answer / "answer.toml"
    toml.write_text(toml.read_text("utf-8").replace("test = ", 'test = "test_x" #'), "utf-8")
    for _ in range(2):
        checked = author("dev", "check", SLUG)
        assert checked.returncode == 1
        assert "test_x" in checked.stdout


def test_a_learners_verdict_follows_from_one_with_every_check() -> None:
    """What is skipped because its base failed can be told without grading a second time."""
    catalog = find_course()
    exercise = catalog.exercise(SLUG)
    units = [Unit(exercise, name, 1) for name in shipped_answers(exercise)]

    def graded(policy: Policy) -> list[dict[str, object]]:
        with opened("auto") as runner:
            grading = Grading(catalog, {SLUG: units}, Workspace(runner), policy)
            verdicts = grade(grading, [exercise])
            grading.workspace.close()
        return [{**v.for_learner().as_json(), "seconds": 0} for v in verdicts]

    assert graded(AUDIT) == graded(LEARNER)
