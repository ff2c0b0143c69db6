"""An answer of the course's own may be edits of the solution; one that is handed in may not."""

from pathlib import Path

import pytest

from remodel.course.catalog import Catalog
from remodel.errors import CourseError, RemodelError
from remodel.grading.answer import Answer, shipped, solution
from remodel.grading.session import load_answer
from tests.conftest import Remodel

SLUG = "rename-a-column"
REVISION = "migrations/versions/0009_furniture_has_a_label.py"
TABLE = "migrations/versions/0002_photos_of_the_rooms.py"
EDIT = f"""\
base = "solution"

[[edit]]
file = "{REVISION}"
old = '''
def downgrade():
'''
new = '''
def downgrade():
    return
'''
"""


@pytest.fixture
def folder(remodel: Remodel) -> Path:
    """The folder of a new wrong answer."""
    exercise = Catalog(remodel.course).exercise(SLUG)
    folder = exercise.answers_path / "wrong" / "new"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def catalog(remodel: Remodel) -> Catalog:
    """The course that the answer is one of."""
    return Catalog(remodel.course)


def loaded(catalog: Catalog, folder: Path, toml: str) -> Answer:
    """The answer whose answer.toml says `toml`."""
    (folder / "answer.toml").write_text(toml, encoding="utf-8")
    return shipped(catalog.exercise(SLUG), folder, "wrong/new")


def refusal(catalog: Catalog, folder: Path, toml: str) -> str:
    """What is said of an answer.toml that says `toml`."""
    with pytest.raises(CourseError) as error:
        loaded(catalog, folder, toml)
    return str(error.value)


def test_it_is_the_solution_but_for_its_edits(catalog: Catalog, folder: Path) -> None:
    """Every file is the solution's, and the edited one has the new passage."""
    solved = dict(solution(catalog.exercise(SLUG)).files)
    answer = dict(loaded(catalog, folder, EDIT).files)
    revision = answer.pop(REVISION).decode()
    expected = solved.pop(REVISION).decode().replace("downgrade():\n", "downgrade():\n    return\n")
    assert revision == expected
    assert answer == solved


def test_files_in_the_folder_lie_over_the_solution(catalog: Catalog, folder: Path) -> None:
    """What is not said by edits lies there whole, and edits change that as well."""
    (folder / "hearth").mkdir()
    (folder / "hearth" / "models.py").write_text("# mine\n", encoding="utf-8")
    edit = '[[edit]]\nfile = "hearth/models.py"\nold = "mine"\nnew = "ours"\n'
    answer = loaded(catalog, folder, f'base = "solution"\n{edit}')
    assert answer.text("hearth/models.py") == "# ours\n"
    assert REVISION in answer.files


def test_it_deletes_files_of_the_solution(catalog: Catalog, folder: Path) -> None:
    """`deletes` names files of what the answer lies over."""
    answer = loaded(catalog, folder, f'base = "solution"\ndeletes = ["{REVISION}"]\n')
    assert REVISION not in answer.files
    assert "which is not there" in refusal(catalog, folder, f'deletes = ["{REVISION}"]\n')


def test_it_speaks_the_words_of_every_variant(catalog: Catalog, tmp_path: Path) -> None:
    """An edit is written in the published names and fits the solution of a variant too."""
    edit = "old = \"op.drop_table('photo')\"\nnew = \"op.drop_table('photos')\""
    (tmp_path / "new").mkdir()
    toml = f'base = "solution"\n[[edit]]\nfile = "{TABLE}"\n{edit}\n'
    (tmp_path / "new" / "answer.toml").write_text(toml, encoding="utf-8")
    published = catalog.exercise("add-a-table")
    words = []
    for number in published.wording.numbers:
        exercise = published.in_variant(number)
        words.append(exercise.wording.translate("photo"))
        text = shipped(exercise, tmp_path / "new", "wrong/new").text(TABLE)
        assert f"op.drop_table('{words[-1]}s')" in text
    assert words == ["photo", "picture", "drawing"]


@pytest.mark.parametrize(
    ("old", "times"), [("op.no_such_thing", "does not occur"), ("furniture", "occurs 3 times")]
)
def test_a_passage_occurs_exactly_once(
    catalog: Catalog, folder: Path, old: str, times: str
) -> None:
    """Else the error names the file, its line, the edit, and how often the passage occurs."""
    second = f'\n[[edit]]\nfile = "{REVISION}"\nold = "{old}"\nnew = ""\n'
    line = (EDIT + second).splitlines().index(f'old = "{old}"') - 1
    assert refusal(catalog, folder, EDIT + second) == (
        f"{folder / 'answer.toml'}:{line}: [[edit]] number 2: its 'old' {times} in {REVISION}. "
        "It must occur exactly once."
    )


def test_a_file_that_is_not_there_cannot_be_edited(catalog: Catalog, folder: Path) -> None:
    """The error names the edit and the file."""
    toml = EDIT.replace(REVISION, "hearth/model.py")
    assert "[[edit]] number 1: there is no file 'hearth/model.py'" in refusal(catalog, folder, toml)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ('bases = "solution"\n', "unknown key 'bases'. Did you mean 'base'?"),
        ('base = "answer"\n', "'base' must be one of starter, solution"),
        (EDIT + 'with = "x"\n', "[[edit]] number 1: unknown key 'with'"),
        (EDIT.partition("new =")[0], "[[edit]] number 1: the key 'new' is missing"),
        (EDIT.replace("\ndef downgrade():\n'''\nnew", "'''\nnew"), "'old' must not be empty"),
    ],
)
def test_what_an_answer_toml_cannot_say(
    catalog: Catalog, folder: Path, toml: str, sentence: str
) -> None:
    """A wrong key, value or type is named with its file and line."""
    said = refusal(catalog, folder, toml)
    assert said.startswith(f"{folder / 'answer.toml'}:")
    assert sentence in said


@pytest.mark.parametrize("toml", ['base = "solution"\n', EDIT.partition("\n")[2]])
def test_nobody_hands_in_edits_of_the_solution(catalog: Catalog, tmp_path: Path, toml: str) -> None:
    """A learner's answer.toml cannot ask for the solution."""
    handed_in = tmp_path / "handed-in"
    handed_in.mkdir()
    (handed_in / "answer.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(RemodelError, match="are for the course's own answers"):
        load_answer(catalog, catalog.exercise(SLUG), str(handed_in))


def test_a_path_leads_to_the_courses_own_answers_too(catalog: Catalog, folder: Path) -> None:
    """Whoever names the folder of a shipped answer gets what its name gets."""
    (folder / "answer.toml").write_text(EDIT, encoding="utf-8")
    exercise = catalog.exercise(SLUG)
    named, found = (load_answer(catalog, exercise, name) for name in ("wrong/new", str(folder)))
    assert found.files == named.files


def test_the_solution_is_not_its_own_base(catalog: Catalog) -> None:
    """That would never end."""
    exercise = catalog.exercise(SLUG)
    (exercise.solution_path / "answer.toml").write_text('base = "solution"\n', encoding="utf-8")
    with pytest.raises(CourseError, match="cannot be its own base"):
        solution(exercise)
