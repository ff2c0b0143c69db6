"""What is wrong with a file of the course is said with the file, the place and what to do."""

import shutil
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog
from remodel.database.reflection import read_schema
from remodel.database.sqlite import run_script
from remodel.errors import RemodelError

ROOT = Path(__file__).parents[2]
ALL_BUT_TOML = shutil.ignore_patterns("hearth", "migrations", "transcripts", "*.md", "*.sql")
TOML = "exercises/04-creating-and-applying/add-a-column/exercise.toml"


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("minutes  = 10", "minutes  = ", "exercise.toml:9: Invalid value. Correct the TOML there."),
        (
            "minutes  = 10",
            'minutes  = "10"',
            "exercise.toml:9: 'minutes' must be a whole number, not '10'.",
        ),
        ("minutes  = 10", "", "the key 'minutes' is missing"),
        ("minutes  = 10", "minutes = 10\ncolour = 1", "unknown key 'colour'"),
        ("format = 1", "", "the key 'format' is missing. Begin with: format = 1"),
        ("format = 1", "format = 2", "'format' is 2, and this version of Remodel reads 1. Update"),
        ("format = 1", "format = 2\ntaste = 1", "'format' is 2"),
        ('hands_in = "files"', 'hands_in = "file"', "'hands_in' must be one of files, commands"),
        ('start    = "03-setting-up"', 'start    = "03"', "'start' must be one of 01-flask"),
        (
            'start    = "03-setting-up"',
            'start    = "05-histroy"',
            "not '05-histroy'. Did you mean '05-history-and-versions'?",
        ),
        (
            'deployed = ["0001"]',
            'compare = ["names", "nmaes"]\ndeployed = ["0001"]',
            "exercise.toml:7: 'compare', item 2 must be one of names, defaults, not 'nmaes'.",
        ),
        (
            'deployed = ["0001"]',
            'deployed = ["0001"]\nvariants = { owner = ["keeper"], bought = ["got", "had"] }',
            "every name in [variants] needs as many",
        ),
        (
            'deployed = ["0001"]',
            'deployed = ["0001"]\ndeployment = [{ name = "a", revision = "1", tables = "x" }]',
            "[[deployment]] number 1 (a): it has a revision and tables",
        ),
        (
            'deployed = ["0001"]',
            "deployed = [1]",
            "'deployed', item 1 must be a text in quotes, not 1.",
        ),
    ],
)
def test_a_malformed_exercise_names_file_and_place(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    """The author reads which file, which key or line, and what it should be."""
    text = (ROOT / TOML).read_text(encoding="utf-8")
    assert was in text
    shutil.copytree(ROOT / "lessons", tmp_path / "lessons", ignore=ALL_BUT_TOML)
    file = tmp_path / TOML
    file.parent.mkdir(parents=True)
    file.write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(RemodelError) as told:
        _ = Catalog(tmp_path).exercises
    assert "add-a-column" in str(told.value)
    assert said in str(told.value)


def test_a_folder_without_a_course_is_told_so(tmp_path: Path) -> None:
    """Remodel run from a place that is no clone says where to run it."""
    with pytest.raises(RemodelError, match="Run Remodel from a clone"):
        Catalog(tmp_path)


def test_a_course_without_its_misconceptions_says_so(tmp_path: Path) -> None:
    """Without the file no check could say what its misconception is: it is not taken for empty."""
    for folder in ("lessons", "exercises"):
        (tmp_path / folder).mkdir()
    with pytest.raises(RemodelError, match=r"misconceptions\.toml is missing"):
        _ = Catalog(tmp_path).misconceptions


def test_the_copies_that_a_learner_fetches_are_the_graded_ones() -> None:
    """three-databases: hearth/copies/ makes the schema that its exercise.toml tells the grader."""
    exercise = Catalog(ROOT).exercise("three-databases")
    copies = exercise.path / "hearth" / "copies"
    house = (copies / "house.sql").read_text(encoding="utf-8")
    assert {f"{d.name}.sql" for d in exercise.deployments} | {"house.sql"} == {
        file.name for file in copies.iterdir()
    }
    for deployment in exercise.deployments:
        changed = (copies / f"{deployment.name}.sql").read_text(encoding="utf-8")
        assert changed.strip() == deployment.sql.strip(), deployment.name
        assert read_schema(run_script(b"", house)) == read_schema(
            run_script(b"", deployment.tables)
        ), deployment.name


@pytest.mark.parametrize("name", ["5", "05", "05-history-and-versions"])
def test_a_lesson_is_found_by_its_number_and_its_name(name: str) -> None:
    """With the zero that its folder has, or without."""
    assert Catalog(ROOT).lesson(name).name == "05-history-and-versions"
