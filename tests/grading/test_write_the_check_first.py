"""The revisions that a learner's check is tried on are answers that were handed in elsewhere."""

import subprocess
import sys
import tomllib

import pytest

from remodel.course.catalog import find_course
from remodel.grading.session import load_answer
from remodel.history import VERSIONS

CATALOG = find_course()
SPLIT = CATALOG.exercise("split-a-column")
SCENARIOS = CATALOG.exercise("write-the-check-first").path / "scenarios"
AUTHORS = tomllib.loads((SCENARIOS / "authors.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in AUTHORS.items() for name in names]
)
def test_each_is_a_shipped_answer_to_the_letter(kind: str, name: str) -> None:
    """Its revisions are those of the answer, and what is said of its author is said there."""
    folder = {"solution": name}.get(name, f"{'right' if kind == 'right' else 'wrong'}/{name}")
    answer = load_answer(CATALOG, SPLIT, folder)
    own = {f: c for f, c in answer.files.items() if f.startswith(VERSIONS)}
    given = {f: c for f, c in SPLIT.given.items() if f.startswith(VERSIONS)}
    place = SCENARIOS / name
    judged = {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }
    assert {**given, **judged} == own
    if name != "solution":
        toml = (SPLIT.answers_path / folder / "answer.toml").read_text("utf-8")
        assert AUTHORS[kind][name] == tomllib.loads(toml)["what"]


def test_each_folder_has_an_author() -> None:
    """No revision lies there that no check is tried on."""
    folders = {path.name for path in SCENARIOS.iterdir() if path.is_dir()}
    assert folders == {name for names in AUTHORS.values() for name in names}


def test_pytest_grades_the_folder_although_tests_lie_in_it() -> None:
    """An autograder names the folder: pytest then reads the learner's conftest.py, too."""
    words = (
        str(SCENARIOS.parent),
        "--answers",
        "starter",
        "--collect-only",
        "-p",
        "no:cacheprovider",
    )
    command = [sys.executable, "-m", "pytest", *words]
    ran = subprocess.run(command, cwd=CATALOG.root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
