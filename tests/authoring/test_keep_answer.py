"""`remodel dev keep-answer`: what lies in a playground becomes an answer of the course."""

import tomllib
from pathlib import Path

import pytest

from remodel.authoring.edits import edits_between, quoted
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading.answer import shipped
from remodel.grading.session import load_answer
from tests.conftest import SLUG, Remodel, content

REVISION = "migrations/versions/0002_furniture_has_a_colour.py"


def exercise_of(remodel: Remodel) -> Exercise:
    """The exercise that is begun."""
    return Catalog(remodel.course).exercise(SLUG)


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Put `new` where `old` stands."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def assert_same_answer(remodel: Remodel, name: str) -> None:
    """The kept answer is, byte for byte, what lies in the playground."""
    exercise = exercise_of(remodel)
    kept = shipped(exercise, exercise.answers_path / name, name)
    begun = load_answer(Catalog(remodel.course), exercise, str(remodel.begun))
    assert kept.files == begun.files
    assert (kept.tampered, kept.missing) == (begun.tampered, begun.missing)


def test_a_small_mistake_is_an_edit(learner: Remodel) -> None:
    """The folder holds an answer.toml alone: what is to be said of it, and the passage."""
    learner.solve()
    change(learner.begun, REVISION, "        batch_op.drop_column('colour')\n", "        pass\n")
    completed = learner("dev", "keep-answer", SLUG, "wrong/no-way-back")
    assert completed.returncode == 0, completed.stderr
    place = exercise_of(learner).answers_path / "wrong" / "no-way-back"
    assert list(content(place)) == ["answer.toml"]
    (edit,) = tomllib.loads((place / "answer.toml").read_text(encoding="utf-8")).pop("edit")
    assert edit["file"] == REVISION
    assert edit["old"] == "        batch_op.drop_column('colour')\n"
    assert edit["new"] == "        pass\n"
    assert f"made {place / 'answer.toml'}" in completed.stdout
    assert_same_answer(learner, "wrong/no-way-back")


def test_the_author_fills_in_the_rest(learner: Remodel) -> None:
    """`remodel dev check` refuses an answer that does not say what it is."""
    learner.solve()
    change(learner.begun, REVISION, "        batch_op.drop_column('colour')\n", "        pass\n")
    assert learner("dev", "keep-answer", SLUG, "wrong/no-way-back").returncode == 0
    place = exercise_of(learner).answers_path / "wrong" / "no-way-back"
    text = (place / "answer.toml").read_text(encoding="utf-8")
    assert text.startswith('what = ""\ntest = ""\nmisconception = ""\nbase = "solution"\n')
    checked = learner("dev", "check", SLUG).stdout
    for key in ("what", "test", "misconception"):
        assert f"wrong/no-way-back/answer.toml does not say `{key}`" in checked


def test_other_files_a_deleted_one_and_a_deployed_one(learner: Remodel) -> None:
    """Another name for the revision, and a baseline that was edited, come along as they are."""
    learner.solve()
    revision = learner.begun / REVISION
    revision.rename(revision.with_name("0002_colours.py"))
    (baseline,) = (learner.begun / "migrations" / "versions").glob("0001_*.py")
    baseline.write_text(baseline.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    assert learner("dev", "keep-answer", SLUG, "right/another-name").returncode == 0
    place = exercise_of(learner).answers_path / "right" / "another-name"
    assert "migrations/versions/0002_colours.py" in content(place)
    assert_same_answer(learner, "right/another-name")


def test_from_another_folder(learner: Remodel, tmp_path: Path) -> None:
    """--from takes the folder that somebody handed in."""
    learner.solve()
    change(learner.begun, "hearth/models.py", "String(30)", "String(3)")
    elsewhere = tmp_path / "handed-in"
    (elsewhere / "hearth").mkdir(parents=True)
    models = (learner.begun / "hearth" / "models.py").read_bytes()
    (elsewhere / "hearth" / "models.py").write_bytes(models)
    kept = learner("dev", "keep-answer", SLUG, "wrong/short", "--from", str(elsewhere))
    assert kept.returncode == 0, kept.stderr
    exercise = exercise_of(learner)
    files = shipped(exercise, exercise.answers_path / "wrong" / "short", "wrong/short").files
    assert files["hearth/models.py"] == models
    assert REVISION not in files


@pytest.mark.parametrize("name", ["short", "wrong/", "wrong/Two Words", "other/short", "wrong/a/b"])
def test_a_name_that_is_not_valid(learner: Remodel, name: str) -> None:
    """It is wrong/NAME or right/NAME, with lower-case words."""
    learner.solve()
    refused = learner("dev", "keep-answer", SLUG, name)
    assert refused.returncode == 2
    assert f"{name!r} is not a valid name. Write wrong/NAME or right/NAME" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_name_that_is_taken(learner: Remodel) -> None:
    """An answer is never overwritten."""
    learner.solve()
    change(learner.begun, "hearth/models.py", "String(30)", "String(3)")
    assert learner("dev", "keep-answer", SLUG, "wrong/short").returncode == 0
    before = content(learner.course / "tests")
    refused = learner("dev", "keep-answer", SLUG, "wrong/short")
    assert refused.returncode == 2
    assert "wrong/short exists already" in refused.stderr
    assert content(learner.course / "tests") == before


def test_where_nothing_was_changed(learner: Remodel) -> None:
    """The starter is no answer, and neither is the solution."""
    before = content(learner.course / "tests")
    untouched = learner("dev", "keep-answer", SLUG, "wrong/nothing")
    learner.solve()
    solved = learner("dev", "keep-answer", SLUG, "right/nothing")
    assert (untouched.returncode, solved.returncode) == (2, 2)
    assert "it holds the starter" in " ".join(untouched.stderr.split())
    assert "it holds the solution" in " ".join(solved.stderr.split())
    assert content(learner.course / "tests") == before


def test_a_folder_that_holds_nothing_of_the_exercise(learner: Remodel, tmp_path: Path) -> None:
    """It is not called a starter."""
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    command = ("dev", "keep-answer", SLUG, "wrong/x", "--from", str(tmp_path))
    completed = learner(*command)
    assert completed.returncode == 2
    assert f"holds no file that {SLUG} takes" in " ".join(completed.stderr.split())


def test_where_nothing_was_begun(remodel: Remodel) -> None:
    """It says how to begin."""
    refused = remodel("dev", "keep-answer", SLUG, "wrong/nothing")
    assert refused.returncode == 2
    assert f"remodel start {SLUG}" in refused.stderr


OLD = "a\nb\nc\nd\ne\nf\ng\n    pass\nh\ni\nj\nk\n    pass\nl\n"


@pytest.mark.parametrize(
    ("new", "edits"),
    [
        (OLD.replace("c\n", "C\n"), [("c\n", "C\n")]),
        (OLD.replace("c\n", ""), [("c\n", "")]),
        (OLD.replace("c\n", "c\nx\n"), [("c\n", "c\nx\n")]),
        (f"x\n{OLD}", [("a\n", "x\na\n")]),
        (OLD.replace("b\n", "B\n").replace("d\n", "D\n"), [("b\nc\nd\n", "B\nc\nD\n")]),
        (OLD.replace("k\n    pass\n", "k\n"), [("k\n    pass\n", "k\n")]),
        (OLD.replace("b\n", "B\n").replace("j\n", "J\n"), [("b\n", "B\n"), ("j\n", "J\n")]),
    ],
)
def test_an_edit_is_whole_lines_that_occur_once(new: str, edits: list[tuple[str, str]]) -> None:
    """As few as say where it is; changes close to one another are one edit."""
    assert edits_between(OLD, new) == edits


@pytest.mark.parametrize("new", ["", OLD.upper(), "x\n" * 60 + OLD])
def test_what_is_easier_to_read_whole_has_no_edits(new: str) -> None:
    """An edit that repeats most of the file shows no mistake."""
    assert edits_between(OLD, new) is None


@pytest.mark.parametrize(
    "text",
    ["", "a\n", "\n\na", "'''\n", "it's '", 'a """b""" \\ "', "\t\x0b\x7f\n", "é\n", "\\n'''\n"],
)
def test_what_is_quoted_is_read_back(text: str) -> None:
    """Whatever TOML cannot hold as it is, is escaped."""
    assert tomllib.loads(f"old = {quoted(text)}\n") == {"old": text}
