"""A grading reads files of the course; where they are not as shipped, nobody is blamed for it."""

import json
import shutil
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.course.manifest import changed_files, manifest
from tests.conftest import SLUG, Remodel, copy_course

#: The starter of add-a-column is the app of this lesson.
STARTER = "lessons/03-setting-up"
NOT_GRADED = 2


@pytest.fixture
def course(tmp_path: Path) -> Catalog:
    """A course that may be changed."""
    return Catalog(copy_course(tmp_path / "course"))


def changed(course: Catalog, slug: str = SLUG) -> list[str]:
    """What of the exercise is not as shipped."""
    return [str(each) for each in changed_files(course.layout, course.exercise(slug))]


def test_the_manifest_says_what_the_course_ships_today() -> None:
    """`remodel dev refresh`, `remodel dev manifest` and the pre-commit hook write it."""
    catalog = find_course()
    ((place, text),) = manifest(catalog).items()
    assert place.read_text(encoding="utf-8") == text, "Run: remodel dev manifest"


@pytest.mark.parametrize(
    ("place", "how"),
    [
        (f"{STARTER}/hearth/models.py", "edited"),
        (f"{STARTER}/hearth/models.py", "missing"),
        (f"{STARTER}/migrations/versions/0002_mine.py", "added"),
        (f"exercises/04-creating-and-applying/{SLUG}/exercise.toml", "edited"),
        (f"exercises/04-creating-and-applying/{SLUG}/test_exercise.py", "edited"),
        (f"exercises/04-creating-and-applying/{SLUG}/.vscode/settings.json", "added"),
        ("exercises/misconceptions.toml", "edited"),
        ("exercises/conftest.py", "added"),
        (f"solutions/04-creating-and-applying/{SLUG}/hearth/models.py", "edited"),
    ],
)
def test_whatever_a_grading_reads_is_seen_to_have_changed(
    course: Catalog, place: str, how: str
) -> None:
    """Edited, added and missing are told apart, and nothing else is named."""
    file = course.root / place
    if how == "missing":
        file.unlink()
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_text((file.read_text() if file.exists() else "") + "\n# mine\n")
    assert changed(course) == [f"{place} ({how})"]


@pytest.mark.parametrize(
    "place",
    [
        f"exercises/04-creating-and-applying/{SLUG}/README.md",
        f"{STARTER}/README.md",
        f"{STARTER}/instance/hearth.db",
        f"{STARTER}/hearth/__pycache__/models.cpython-311.pyc",
        "lessons/05-history-and-versions/hearth/models.py",
    ],
)
def test_what_no_grading_of_the_exercise_reads_may_change(course: Catalog, place: str) -> None:
    """Notes on a page, a database of one's own, and the apps of other lessons."""
    file = course.root / place
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"mine")
    assert changed(course) == []


def test_the_line_ends_of_windows_are_no_change(course: Catalog) -> None:
    """Git may check text out with them."""
    for file in (course.root / STARTER / "hearth").glob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert changed(course) == []


def test_a_changed_course_grades_nobody(learner: Remodel) -> None:
    """It is exit code 2 with the file and the way back, by the command and by pytest."""
    learner.solve()
    models = learner.course / STARTER / "hearth" / "models.py"
    models.write_text(models.read_text() + "\n# mine\n")
    by_pytest = learner.run("pytest", f"exercises/04-creating-and-applying/{SLUG}")
    for refused in (learner("check", SLUG), by_pytest):
        assert refused.returncode == NOT_GRADED, refused.stdout
        assert f"{STARTER}/hearth/models.py (edited)" in refused.stdout
        assert "Traceback" not in refused.stdout + refused.stderr
    begun = learner("start", "add-a-table")
    assert begun.returncode == NOT_GRADED
    assert not (learner.course / "playground" / "add-a-table").exists()
    assert f"{STARTER}/hearth/models.py (edited)" in learner("doctor").stdout.replace(
        "\n" + " " * 26, " "
    )


def test_who_asks_for_it_is_graded_with_a_changed_course(learner: Remodel) -> None:
    """The verdict and results.json say so, and progress is not recorded."""
    learner.solve()
    page = learner.course / STARTER / "wsgi.py"
    page.write_text(page.read_text() + "\n# mine\n")
    passed = learner("check", SLUG, "--changed-course", "--results", "results.json")
    assert passed.returncode == 0, passed.stdout
    assert "changed course" in passed.stdout
    results = json.loads((learner.course / "results.json").read_text())
    assert results["changed_course"] == [f"{STARTER}/wsgi.py (edited)"]
    assert "You have passed 0 of" in learner().stdout


def test_the_way_back_restores_the_course_and_keeps_what_was_done(course: Catalog) -> None:
    """The line that is printed, typed: the course is as shipped, and git has the learner's work."""
    remodel = Remodel(course.root)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "the course"]):
        remodel.run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words)
    mine = course.root / STARTER / "migrations" / "versions" / "0002_mine.py"
    mine.write_text("revision = '0002'\n")
    (course.root / STARTER / "wsgi.py").unlink()
    refused = remodel("start", SLUG)
    line = next(line for line in refused.stderr.splitlines() if "git -C" in line)
    assert remodel.run("bash", "-c", line).returncode == 0
    assert changed(course) == []
    assert "mine" in remodel.run("git", "stash", "show", "-u", "--stat").stdout


def test_a_manifest_that_cannot_be_read_is_named(learner: Remodel) -> None:
    """A file of the course that is broken is an error of its own, with the file's name."""
    (learner.course / "exercises" / "manifest.json").write_text("{")
    refused = learner("start", "add-a-table")
    assert refused.returncode == NOT_GRADED
    assert "manifest.json" in refused.stderr


def test_a_course_without_a_manifest_has_nothing_to_compare(course: Catalog) -> None:
    """Teachers who assemble a course of their own need none."""
    course.layout.manifest.unlink()
    shutil.rmtree(course.root / STARTER / "hearth")
    assert changed(course) == []
