"""What learners read is in plain words, and has one word for one thing."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remodel.course.catalog import find_course
from remodel.site.reference.glossary import choices_table, read_choices

COURSE = find_course()
ROOT, LAYOUT = COURSE.root, COURSE.layout
CHOICES = read_choices(LAYOUT.glossary)
#: What a reader whose second language is English stumbles on, and what says that he should not.
AVOIDED = re.compile(
    r"\b(mend(s|ed|ing)?|anew|shall|(has|have|had) had|(is|are|was|were|be|been|get|gets) told"
    r"|simply|just|easy|easily|obviously|spelt|misspelt|lately)\b",
    re.IGNORECASE,
)
#: A page that speaks of such words has to name them.
QUOTED = {
    "CONTRIBUTING.md": '"simply" and "just"',
    "docs/glossary.md": "mend, mends, mended, mending",
}
CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`|<!--.*?-->|<code>.*?</code>", re.DOTALL)
#: Generated of what is looked at by itself.
GENERATED = ("docs/mistakes/", "docs/notebooks/", "docs/quality.md", "docs/abbreviations.txt")
PAGES = ("*.md", "docs/**/*.md", "lessons/**/*.md", "exercises/**/*.md", "solutions/**/*.md")
DATA = ("docs/*.toml", "lessons/*/*.toml", "exercises/**/*.toml", "tests/answers/**/answer.toml")
#: In these, docstrings are shown as well: they are the help of the commands.
SHOWN_WHOLE = LAYOUT.root / "src/remodel/cli"


def named(path: Path) -> str:
    """The path of a file as the course writes it."""
    return LAYOUT.relative(path)


def prose(text: str) -> str:
    """`text` without its code."""
    return CODE.sub(" ", text)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value of TOML that has more than one word."""
    if isinstance(value, dict):
        for key, each in value.items():
            # What an answer edits is code.
            yield from () if key in ("edit", "edits") else texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, str) and " " in value:
        yield value


def strings_in(file: Path) -> Iterator[str]:
    """The texts of a program that it may print: no docstring, but of what becomes help."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    whole = file.is_relative_to(SHOWN_WHOLE)
    for node in ast.walk(tree):
        shown = whole or id(node) not in docstrings
        if shown and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def written() -> Iterator[tuple[str, str]]:
    """Each thing that a learner reads, with the file that it stands in."""
    for pattern in PAGES:
        for page in ROOT.glob(pattern):
            if not named(page).startswith(GENERATED):
                yield named(page), page.read_text(encoding="utf-8")
    for pattern in DATA:
        for file in ROOT.glob(pattern):
            if file != LAYOUT.glossary:  # it is on its page
                yield named(file), "\n".join(texts_in(tomllib.loads(file.read_text("utf-8"))))
    for notebook in LAYOUT.notebooks.glob("*.ipynb"):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        markdown = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        yield named(notebook), "\n".join(markdown)
    programs = [*(ROOT / "src/remodel").rglob("*.py"), *LAYOUT.exercises.glob("*/*/test_*.py")]
    for file in programs:
        yield named(file), "\n".join(strings_in(file))


WRITTEN = [(name, prose(text)) for name, text in written()]


def found(pattern: re.Pattern[str], without: str = "") -> list[str]:
    """Where `pattern` stands, with some words of what stands around it."""
    return [
        f"{name}: …{text[max(0, match.start() - 30) : match.end() + 20]}…".replace("\n", " ")
        for name, text in WRITTEN
        if name != without
        for match in pattern.finditer(text.replace(QUOTED.get(name, "\0"), ""))
    ]


def test_what_learners_read_is_found() -> None:
    """Pages, data, notebooks, graders and the command: none of the kinds is missed."""
    kinds = {name.partition("/")[0] for name, text in WRITTEN if text.strip()}
    wanted = {"README.md", "docs", "lessons", "exercises", "solutions", "notebooks", "src", "tests"}
    assert kinds >= wanted


def test_nothing_that_learners_read_has_a_word_to_stumble_on() -> None:
    """Neither rare words, nor words that say how little the reader's trouble is."""
    assert found(AVOIDED) == []


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.use)
def test_one_thing_has_one_word(choice: Any) -> None:
    """No other word of the glossary's list stands anywhere but on the glossary's page."""
    others = "|".join(map(re.escape, choice.others))
    # In capitals, as DB, a word means something else than in small letters.
    flags = 0 if choice.others[0][0].isupper() else re.IGNORECASE
    pattern = re.compile(rf"(?<![\w-])(?:{others})(?![\w-])".replace(r"\ ", r"\s+"), flags)
    assert found(pattern, without="docs/glossary.md") == []


def test_the_choices_stand_on_the_page_of_the_glossary() -> None:
    """Whoever wonders about a word finds what it is called here."""
    page = (LAYOUT.docs / "glossary.md").read_text(encoding="utf-8")
    assert "\n".join(choices_table(CHOICES)) in page
