"""The notebooks are stored without outputs, run from top to bottom, and grade what is typed."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from remodel.course.catalog import find_course
from remodel.site.notebooks import (
    gives_verdict,
    is_graded,
    is_yours,
    notebooks,
    pages_of,
    run_notebook,
    to_download,
)

COURSE = find_course()
NOTEBOOKS = notebooks(COURSE)
PAGES = COURSE.root / "docs" / "notebooks"
TYPED = tomllib.loads((Path(__file__).parent / "notebook_answers.toml").read_text("utf-8"))
#: The first line of a cell that wants a prediction: none is entered, and the answers are named.
PREDICTION = re.compile(r'predict\("[a-z-]+", \.\.\., among=(?P<answers>\[.*\])\)$', re.MULTILINE)
WRITE = "Run: remodel dev notebooks --write"

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
#: A notebook runs once for all its tests; two run at a time at most, with any number of workers.
every_run = pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=pytest.mark.xdist_group(f"notebooks-{place % 2}"), id=path.stem)
        for place, path in enumerate(NOTEBOOKS)
    ],
)


def stored(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in stored(path).cells if cell.cell_type == "code"]


def answered(path: Path) -> list[Any]:
    """The graded cells as somebody leaves them who knows the answer, and what gives the verdict."""
    typed = TYPED[path.stem]["graded"]
    blocks = iter([typed] if isinstance(typed, str) else typed)
    cells = [cell for cell in code_cells(path) if is_graded(cell) or gives_verdict(cell)]
    for cell in cells:
        cell.id = f"{cell.id}-answered"
        if is_graded(cell):
            cell.source = f"{cell.source.partition(chr(10))[0]}\n{next(blocks).strip()}\n"
    assert not list(blocks)
    return cells


@cache
def executed(path: Path) -> tuple[Any, list[Any]]:
    """The notebook, run as it is stored; and its graded cells, then answered and run again."""
    notebook = stored(path)
    asked = len(notebook.cells)
    notebook.cells += answered(path)
    run_notebook(notebook, COURSE.root)
    again, notebook.cells = notebook.cells[asked:], notebook.cells[:asked]
    return notebook, again


def verdicts(cells: list[Any], mark: str) -> list[str]:
    """The slugs that the cells grade with `mark`."""
    return [
        slug for cell in cells for slug in re.findall(rf"^{mark} (\S+):", cell["printed"], re.M)
    ]


def checked(cells: list[Any]) -> list[str]:
    """The slugs that the cells ask the grader for."""
    asked = r'check\("([^"]+)"|--check (\S+)'
    return ["".join(slugs) for cell in cells for slugs in re.findall(asked, cell.source)]


@every_notebook
def test_a_notebook_belongs_to_a_lesson(path: Path) -> None:
    assert path.stem in COURSE.lessons


@every_notebook
def test_a_notebook_holds_no_outputs(path: Path) -> None:
    cells = [cell for cell in stored(path).cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


@every_notebook
def test_a_notebook_asks_for_three_predictions(path: Path) -> None:
    told = [cell.source for cell in stored(path).cells if cell.cell_type == "markdown"]
    asked = len(re.findall(r"^## Predict\b", "\n".join(told), re.MULTILINE))
    entered = [cell for cell in code_cells(path) if PREDICTION.match(cell.source)]
    assert len(entered) == asked >= 3
    assert all("\nhappened(" in cell.source for cell in entered)


@every_notebook
def test_a_third_of_the_code_cells_is_the_learners_own(path: Path) -> None:
    """A prediction is not counted: in these cells, files, commands and queries are written."""
    cells = code_cells(path)
    assert 3 * len(list(filter(is_yours, cells))) >= len(cells)


@every_notebook
def test_what_the_notebook_goes_on_with_is_another_text_than_its_cells(path: Path) -> None:
    """There is one for each step that a cell names, and no cell gives it away."""
    sources = [cell.source for cell in code_cells(path)]
    steps = re.findall(r'(?:go_on|ours)\("([^"]+)"\)', "\n".join(sources))
    for step in steps:
        files = [
            each for each in (COURSE.layout.notebook_steps / step).rglob("*") if each.is_file()
        ]
        assert files
        assert not [each for each in files if any(each.read_text("utf-8") in x for x in sources)]
    number = path.stem[:2]
    folders = [each.name for each in COURSE.layout.notebook_steps.glob(f"{number}-*")]
    assert sorted(folders) == sorted(steps)


@every_notebook
def test_a_notebook_has_a_cell_that_is_graded_and_an_answer_to_it(path: Path) -> None:
    assert checked(answered(path))


@every_notebook
def test_a_notebook_has_a_light_page_and_a_copy_to_download(path: Path) -> None:
    page, download = PAGES / f"{path.stem}.md", PAGES / path.name
    assert page.is_file(), WRITE
    assert page.stat().st_size <= 60_000
    assert download.read_text(encoding="utf-8") == to_download(path), WRITE


@every_notebook
def test_a_download_links_to_nothing_that_lies_beside_the_course(path: Path) -> None:
    """It says the command instead; other notebooks are downloaded into the same folder."""
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", (PAGES / path.name).read_text("utf-8"))
    assert all((PAGES / link).is_file() and "/" not in link for link in links)
    assert f"(`remodel read {int(path.stem[:2])}`)" in (PAGES / path.name).read_text("utf-8")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
@every_run
def test_a_notebook_refuses_the_unedited_cell(path: Path) -> None:
    cells = executed(path)[0].cells
    assert verdicts(cells, "✗") == checked(cells)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
@every_run
def test_what_happens_is_one_of_the_answers_that_a_prediction_offers(path: Path) -> None:
    """No prediction is entered in the notebooks as they come, and the cell says so."""
    for cell in executed(path)[0].cells:
        if asked := cell.cell_type == "code" and PREDICTION.match(cell.source):
            (found,) = re.findall(
                r"^– It is (.*)\. No prediction was entered", cell["printed"], re.M
            )
            assert ast.literal_eval(found) in ast.literal_eval(asked["answers"])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
@every_run
def test_a_notebook_accepts_the_right_answer(path: Path) -> None:
    again = executed(path)[1]
    assert verdicts(again, "✓") == checked(again)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
@every_run
def test_a_notebook_shows_what_its_text_speaks_of(path: Path) -> None:
    shown = "\n".join(cell["printed"] for cell in executed(path)[0].cells)
    for expected in TYPED[path.stem]["shows"]:
        assert expected in shown
        shown = shown.partition(expected)[2]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
@every_run
def test_the_page_of_a_notebook_is_what_a_run_prints(path: Path) -> None:
    for file, text in pages_of(COURSE, path, executed(path)[0]).items():
        assert file.read_text(encoding="utf-8") == text, WRITE
