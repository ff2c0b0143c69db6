"""What a shell has set for another project, and where a learner stands: both are told."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SLUG, Remodel, in_terminal

NOT_GRADED = 2
ELSEWHERE = "sqlite:////tmp/another.db"


@pytest.mark.parametrize(
    ("name", "value", "effect"),
    [
        ("DATABASE_URL", ELSEWHERE, "works on the database that it names"),
        ("ARCHIVE_DATABASE_URL", ELSEWHERE, "works on the database that it names"),
        ("FLASK_APP", "other", "loads other"),
        ("FLASK_DB_DIRECTORY", "elsewhere", "looks for the revisions in elsewhere"),
        ("FLASK_DB_UPGRADE_SQL", "1", "an option from it that you did not type"),
        ("PYTEST_ADDOPTS", "-k x", "`remodel check` does not"),
        ("PYTHONOPTIMIZE", "1", "nothing is graded"),
    ],
)
def test_doctor_names_what_misleads_and_the_line_that_ends_it(
    looking: Remodel, name: str, value: str, effect: str
) -> None:
    """The line, typed, does what it says."""
    told = Remodel(looking.course, {name: value})("doctor")
    assert told.returncode == 1
    assert effect in " ".join(told.stdout.split())
    line = next(line.strip() for line in told.stdout.splitlines() if line.strip()[:5] == "unset")
    typed = f"export {name}={value!r}; {line}; echo ${{{name}-gone}}"
    assert looking.run("bash", "-c", typed).stdout == "gone\n"


@pytest.mark.parametrize("module", ["flask", "hearth", "wsgi.py"])
def test_a_python_path_misleads_only_where_it_hides_a_module(
    looking: Remodel, tmp_path: Path, module: str
) -> None:
    """Many people have set one for reasons of their own."""
    harmless = looking("doctor", PYTHONPATH=str(tmp_path))
    assert "PYTHONPATH" not in harmless.stdout
    (tmp_path / "later").mkdir()
    if module.endswith(".py"):
        (tmp_path / "later" / module).touch()
    else:
        (tmp_path / "later" / module).mkdir()
    told = looking("doctor", PYTHONPATH=f"{tmp_path}:{tmp_path / 'later'}")
    assert "PYTHONPATH is set" in told.stdout
    assert f"takes {module.removesuffix('.py')} from" in " ".join(told.stdout.split())


@pytest.mark.parametrize("empty", ["DATABASE_URL", "FLASK_APP"])
def test_an_empty_variable_misleads_nobody(looking: Remodel, empty: str) -> None:
    """Apps and Flask take it for none."""
    assert "no variable misleads" in Remodel(looking.course, {empty: ""})("doctor").stdout


@pytest.mark.parametrize("words", [["start", SLUG], ["play", "4"]])
def test_what_is_laid_out_can_be_entered_without_what_misleads(
    remodel: Remodel, words: list[str]
) -> None:
    """The lines to paste begin with the one that unsets it: `flask db` then works where it lies."""
    began = remodel(*words, DATABASE_URL=ELSEWHERE, FLASK_DB_DIRECTORY="elsewhere")
    assert began.returncode == 0, began.stderr
    said = " ".join(began.stdout.split())
    assert "DATABASE_URL is set in this shell: `flask` works on the database that it names" in said
    pasted = began.stdout.partition("Type, or paste:\n")[2].partition("Then read")[0]
    assert pasted.split("\n")[0] == "  unset DATABASE_URL FLASK_DB_DIRECTORY"
    typed = f"{pasted}\nflask db current 2>/dev/null"
    env = {"DATABASE_URL": ELSEWHERE, "FLASK_DB_DIRECTORY": "elsewhere"}
    there = Remodel(remodel.course, env)
    assert there.run("bash", "-c", typed).stdout.split()[0] == "0001"


def test_each_shell_is_given_a_line_of_its_own(looking: Remodel) -> None:
    """`unset` is nothing that fish and csh know."""
    for shell, line in (("fish", "set -e FLASK_APP"), ("tcsh", "unsetenv FLASK_APP")):
        assert line in looking("doctor", SHELL=f"/usr/bin/{shell}", FLASK_APP="x").stdout


@pytest.mark.parametrize("word", ["check", "show", "hint"])
@pytest.mark.parametrize("begun", [True, False])
def test_in_the_courses_own_files_it_says_where_yours_are(
    learner: Remodel, word: str, begun: bool
) -> None:
    """Neither what was begun last, nor the course's own app, is taken for the learner's."""
    slug = SLUG if begun else "add-a-table"
    place = learner.course / "exercises" / "04-creating-and-applying" / slug
    refused = learner(word, cwd=place)
    assert refused.returncode == NOT_GRADED
    assert f"is the course's own copy of {slug}" in " ".join(refused.stderr.split())
    way = str(learner.begun) if begun else f"remodel start {slug}"
    assert way in refused.stderr
    lesson = learner(word, cwd=learner.course / "lessons" / "03-setting-up" / "hearth")
    assert lesson.returncode == NOT_GRADED
    assert "remodel play 3" in lesson.stderr


def test_in_a_project_of_ones_own_no_exercise_is_graded(learner: Remodel, tmp_path: Path) -> None:
    """It is not the one begun last; `show` draws what lies here, and says where that is."""
    project = tmp_path / "project"
    (project / "migrations" / "versions").mkdir(parents=True)
    (project / "migrations" / "env.py").touch()
    for word in ("check", "hint"):
        refused = learner(word, cwd=project / "migrations")
        assert refused.returncode == NOT_GRADED
        assert f"{project}\nis no exercise" in refused.stderr.replace("Error: ", "").lstrip()
        assert f"You were last at {SLUG}." in " ".join(refused.stderr.split())
    drawn = learner("show", cwd=project / "migrations").stdout.splitlines()
    assert drawn[:2] == [str(project), "There are no revisions yet."]
    assert SLUG in learner("show", SLUG, cwd=project).stdout.splitlines()[0]


def test_a_playground_that_has_lost_its_mark_is_not_taken_for_another(learner: Remodel) -> None:
    """`check` in it grades nothing, and does not grade what was begun last."""
    assert learner("start", "add-a-table").returncode == 0
    (learner.begun / ".remodel.json").unlink()
    refused = learner("check", cwd=learner.begun)
    assert refused.returncode == NOT_GRADED
    assert "is no exercise of the course" in " ".join(refused.stderr.split())


def test_a_course_inside_another_project_is_the_course(learner: Remodel) -> None:
    """What lies around the clone is nobody's business."""
    (learner.course.parent / "migrations").mkdir()
    (learner.course.parent / "migrations" / "env.py").touch()
    assert learner("show").returncode == 0


def test_a_second_place_for_an_exercise_says_which_is_meant(
    learner: Remodel, tmp_path: Path
) -> None:
    """The older work is named, and a check in its folder still means it."""
    there = learner("start", SLUG, "--to", str(tmp_path / "mine"))
    assert there.returncode == 0, there.stderr
    said = " ".join(there.stdout.split())
    assert f"You have begun it before, in {learner.begun.relative_to(learner.course)}" in said
    assert f"`remodel check {SLUG}` means the new folder" in said
    assert "begun it before" not in learner("start", "two-heads").stdout


def test_on_windows_the_line_is_powershells() -> None:
    """As the line that activates the environment is."""
    code = "import sys; from remodel.cli.environment import line_to_unset; sys.platform = 'win32'\n"
    code += "print(line_to_unset(['A', 'B']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Remove-Item Env:A, Env:B\n"


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
@pytest.mark.parametrize("words", [["check", "two-heads"], ["start", SLUG]])
def test_in_a_terminal_an_error_begins_on_a_line_of_its_own(
    learner: Remodel, words: list[str]
) -> None:
    """What was shown while somebody waited is wiped out first."""
    shown = in_terminal(learner, *words)
    (line,) = (line for line in shown.replace("\r\n", "\n").split("\n") if "Error:" in line)
    assert line.rpartition("\r")[2].startswith("Error:"), line
    assert line.count("\r") >= 2


@pytest.mark.parametrize("name", ["$HOME and blanks, größe", "a [b]", "a::b"])
def test_a_course_may_lie_in_an_oddly_named_folder(
    learner: Remodel, tmp_path: Path, name: str
) -> None:
    """It is graded there, or a line names the sign that pytest does not take."""
    (tmp_path / name).mkdir()
    odd = Remodel(learner.course.rename(tmp_path / name / "course"))
    done = odd("check", SLUG)
    assert done.returncode == (1 if "$" in name else NOT_GRADED)
    assert ("checks failed" if "$" in name else "Rename the folder.") in done.stdout + done.stderr
