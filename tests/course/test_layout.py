"""The folders and files of the course are spelled in one module, and each is there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from remodel.course import layout as layout_module
from remodel.course import playground_mark
from remodel.course.catalog import find_course
from remodel.course.layout import APP, CARDS, LESSON_TOML, QUIZ, Layout

LAYOUT = find_course().layout
PLACES = sorted(name for name, each in vars(Layout).items() if isinstance(each, property))
#: Made by a command, and kept out of git.
MADE = {
    "playground",
    "own_notebooks",
    "progress",
    "backups",
    "npm_cache",
    "verdict_cache",
    "site",
    "site_progress",
}
SOURCES = Path(layout_module.__file__).parents[1]
OWNERS = {Path(layout_module.__file__), Path(playground_mark.__file__)}
#: Names of the layout that mean something else as well: a word, an answer, a file of pytest's.
WORDS = {"lessons", "exercises", "playground", "notebooks", "mutants", "answers", "transcripts"}
WORDS |= {"npm", "pytest.ini", "questions", "site"}


def spelled(file: Path) -> Iterator[str]:
    """Every text in the code of `file`; a docstring is a text of several words."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("place", [each for each in PLACES if each not in MADE])
def test_each_place_of_the_layout_is_there(place: str) -> None:
    """What the layout names lies in the course."""
    assert getattr(LAYOUT, place).exists()


def test_no_other_module_spells_a_place() -> None:
    """A file or a folder of the course, and the app's name, stand in course/layout.py alone."""
    names = {getattr(LAYOUT, place).name for place in PLACES} - WORDS
    names |= {LESSON_TOML, QUIZ, CARDS, APP, f"{APP}.db", f"{APP}/models.py", playground_mark.FILE}
    found = [
        f"{file.relative_to(SOURCES)}: {text}"
        for file in sorted(SOURCES.rglob("*.py"))
        if file not in OWNERS
        for text in spelled(file)
        if text in names
    ]
    assert {"docs", "solutions", "misconceptions.toml"} < names
    assert found == []


def test_the_course_is_the_one_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REMODEL_COURSE comes first; without it, it is the checkout that holds the package."""
    monkeypatch.delenv("REMODEL_COURSE", raising=False)
    assert Layout.here().root == SOURCES.parents[1]
    monkeypatch.setenv("REMODEL_COURSE", str(tmp_path))
    assert Layout.here().root == tmp_path.resolve()
