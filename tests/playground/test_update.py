"""An update of the course: nobody is blamed for it, and nobody's work is lost by taking it over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SLUG, Remodel, content, current

#: The starter of add-a-column is the app of this lesson.
LESSON = Path("lessons/03-setting-up")
EXERCISE = Path("exercises/04-creating-and-applying") / SLUG
BASELINE = "migrations/versions/0001_baseline.py"
MODELS = "hearth/models.py"
LINE = "\nCHANGED = True\n"
PASS = 0


def append(file: Path, text: str = LINE) -> None:
    """Change `file` in a way that changes nothing that it does."""
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def rename_the_baseline(course: Path) -> None:
    """Give the deployed revision's file another name."""
    file = course / LESSON / BASELINE
    file.rename(file.with_name("0001_the_furniture.py"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda course: append(course / LESSON / BASELINE), BASELINE),
        (rename_the_baseline, BASELINE),
        (lambda course: append(course / LESSON / "hearth/pages.py"), "hearth/pages.py"),
        (lambda course: (course / LESSON / "hearth/new.py").write_text("\n"), "hearth/new.py"),
        (lambda course: append(course / EXERCISE / "README.md"), "README.md"),
        (lambda course: append(course / EXERCISE / "test_exercise.py"), "test_exercise.py"),
    ],
)
def test_what_the_course_has_changed_is_not_the_learners_edit(
    learner: Remodel, change: Callable[[Path], object], named: str
) -> None:
    """A right answer still passes; one line says what is new, and how to take it over."""
    learner.solve()
    change(learner.course)
    learner.ship()
    checked = learner("check", SLUG)
    assert checked.returncode == PASS, checked.stdout
    said = " ".join(checked.stdout.split())
    assert f"The course has changed since you began: {named}" in said
    assert f"remodel update {SLUG}" in said
    assert "Not taken from you" not in said


def test_an_edit_of_the_learners_own_is_one_after_an_update_too(learner: Remodel) -> None:
    """Only a file that is as it was laid out is given the course's text of today."""
    learner.solve()
    append(learner.begun / BASELINE, "\nTIDIED = True\n")
    append(learner.course / LESSON / BASELINE)
    learner.ship()
    checked = learner("check", SLUG)
    assert checked.returncode == 1
    assert "0001_baseline.py" in checked.stdout


def test_what_is_packed_after_an_update_of_the_course_holds_the_edits_alone(
    learner: Remodel,
) -> None:
    """Files that the course has added or renamed are not handed in as deleted."""
    learner.solve()
    rename_the_baseline(learner.course)
    learner.ship()
    packed = learner("pack", SLUG, "--to", str(learner.course / "handin.zip"))
    assert packed.returncode == 0, packed.stderr
    assert "answer.toml" not in packed.stdout
    assert "0001" not in packed.stdout


def test_update_takes_over_what_was_not_touched_and_keeps_what_was(learner: Remodel) -> None:
    """The page too; where both have changed a file, the course's lies beside it and is named."""
    learner.solve()
    edited = (learner.begun / MODELS).read_bytes()
    (learner.begun / "notes.txt").write_text("mine")
    for file in (LESSON / MODELS, LESSON / "hearth/pages.py", EXERCISE / "README.md"):
        append(learner.course / file)
    (learner.course / LESSON / "hearth" / "notes.py").write_text("NEW = True\n")
    (learner.course / LESSON / "hearth" / "templates" / "base.html").unlink()
    learner.ship()
    before = content(learner.begun)
    done = learner("update", SLUG)
    assert done.returncode == 0, done.stderr
    assert "hearth/models.py" in done.stdout.partition("yours stays")[2]
    assert (learner.begun / MODELS).read_bytes() == edited
    shipped = learner.course / LESSON / MODELS
    assert (learner.begun / f"{MODELS}.course").read_bytes() == shipped.read_bytes()
    assert (learner.begun / "hearth/pages.py").read_text().endswith(LINE)
    assert (learner.begun / "README.md").read_text().endswith(LINE)
    assert (learner.begun / "hearth/notes.py").exists()
    assert not (learner.begun / "hearth/templates/base.html").exists()
    assert (learner.begun / "notes.txt").read_text() == "mine"
    assert list(learner.begun.glob("migrations/versions/0002*"))
    (backup,) = (learner.course / "playground" / "backups").iterdir()
    assert content(backup) == before
    assert backup.name in done.stdout


def test_after_an_update_nothing_is_left_to_take_over(learner: Remodel) -> None:
    """Neither the check nor a second update has anything to say; the database stays as it is."""
    learner.solve()
    assert learner.run("flask", "db", "upgrade", cwd=learner.begun).returncode == 0
    append(learner.course / LESSON / MODELS)
    append(learner.course / EXERCISE / "test_exercise.py")
    learner.ship()
    assert learner("update", SLUG).returncode == 0
    assert current(learner.begun) == "0002"
    again = learner("update", SLUG)
    assert "as the course has it today. Your files are as they were." in again.stdout
    checked = learner("check", SLUG)
    assert checked.returncode == PASS, checked.stdout
    assert "The course has changed" not in checked.stdout
    assert ".course" not in checked.stdout


def test_a_database_that_begins_otherwise_is_laid_out_again(learner: Remodel) -> None:
    """The learner's own lies in the backup."""
    learner.solve()
    assert learner.run("flask", "db", "upgrade", cwd=learner.begun).returncode == 0
    append(learner.course / LESSON / "rows.sql", "\nDELETE FROM furniture WHERE id = 1;\n")
    learner.ship()
    done = learner("update", SLUG)
    assert done.returncode == 0, done.stderr
    assert "database" in done.stdout
    assert current(learner.begun) == "0001"
    (backup,) = (learner.course / "playground" / "backups").iterdir()
    assert current(backup) == "0002"


def test_an_update_of_what_was_not_begun_names_the_command_that_begins(looking: Remodel) -> None:
    """It is no pass and no fail."""
    refused = looking("update", SLUG)
    assert refused.returncode == 2
    assert f"remodel start {SLUG}" in refused.stderr
