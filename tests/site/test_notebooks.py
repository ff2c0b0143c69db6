"""The notebooks are stored without outputs, run from top to bottom, and grade what is typed."""

import ast
import copy
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from remodel.course.catalog import find_course
from remodel.site.notebooks import is_graded, notebooks, pages_of, run_notebook

COURSE = find_course()
NOTEBOOKS = notebooks(COURSE)
PAGES = COURSE.root / "docs" / "notebooks"
TYPED = tomllib.loads((Path(__file__).parent / "notebook_answers.toml").read_text("utf-8"))
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


def answered(path: Path) -> list[Any]:
    """The graded cells as somebody leaves them who knows the answer."""
    typed = TYPED[path.stem]["graded"]
    cells = copy.deepcopy([cell for cell in stored(path).cells if is_graded(cell)])
    for cell, block in zip(cells, [typed] if isinstance(typed, str) else typed, strict=True):
        _, gap, rest = cell.source.partition("\n\n")
        assert gap, "a graded cell begins with the block to edit, and an empty line follows"
        cell.source, cell.id = f"{block.strip()}\n\n{rest}", f"{cell.id}-answered"
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
    return [slug for cell in cells for slug in re.findall(r'check\("([^"]+)"', cell.source)]


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
    assert len(re.findall(r"^## Predict\b", "\n".join(told), re.MULTILINE)) >= 3


@every_notebook
def test_a_notebook_has_a_cell_that_is_graded_and_an_answer_to_it(path: Path) -> None:
    assert checked(answered(path))


@every_notebook
def test_the_block_to_edit_is_whole_before_the_first_empty_line(path: Path) -> None:
    for cell in filter(is_graded, stored(path).cells):
        ast.parse(cell.source.partition("\n\n")[0])


@every_notebook
def test_a_notebook_has_a_light_page_and_a_copy_to_download(path: Path) -> None:
    page, download = PAGES / f"{path.stem}.md", PAGES / path.name
    assert page.is_file(), WRITE
    assert page.stat().st_size <= 60_000
    assert download.read_bytes() == path.read_bytes(), WRITE


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
@every_run
def test_a_notebook_refuses_the_unedited_cell(path: Path) -> None:
    cells = [cell for cell in executed(path)[0].cells if is_graded(cell)]
    assert verdicts(cells, "✗") == checked(cells)


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
