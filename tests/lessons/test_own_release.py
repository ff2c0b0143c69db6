"""Lesson 7's own `flask release` is handed in as an answer to the exercise that asks for one."""

import shutil

import pytest

from remodel.course.catalog import find_course
from tests.conftest import Remodel

COURSE = find_course()
ROOMS = COURSE.lessons["07-deployment-pipelines"].path / "hearth"
EXERCISE = COURSE.exercise("release-command")


@pytest.mark.slow
def test_the_release_of_the_lesson_passes_its_own_exercise(remodel: Remodel) -> None:
    """As it stands in the lesson, byte for byte, beside the files that the exercise's app lacks."""
    given = remodel.course / EXERCISE.path.relative_to(COURSE.layout.root) / "hearth"
    lacking = [r for r in ROOMS.glob("*.py") if f"hearth/{r.name}" not in EXERCISE.given]
    for room in lacking:
        shutil.copy(room, given)
    handed_in = remodel.course / "handed-in"
    (handed_in / "hearth").mkdir(parents=True)
    shutil.copy(ROOMS / "release.py", handed_in / "hearth")
    done = remodel("check", EXERCISE.slug, "--answers", str(handed_in), "--changed-course")
    assert done.returncode == 0, done.stdout
