"""The notebooks are stored without outputs, run from top to bottom, and grade what is typed."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
ANSWER = 'your_line = """\n    colour: Mapped[str | None] = mapped_column(String(30))\n"""'


def run(notebook: nbformat.NotebookNode) -> list[str]:
    """What each code cell prints or shows."""
    NotebookClient(notebook, timeout=120, coalesce_streams=True).execute()
    return [said(cell) for cell in notebook.cells if cell.cell_type == "code"]


def said(cell: nbformat.NotebookNode) -> str:
    return "".join(
        out.get("text", "") or out.get("data", {}).get("text/plain", "") for out in cell.outputs
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_outputs(path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert all(not c.outputs and c.execution_count is None for c in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_asks_for_three_predictions(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("## Predict") >= 3


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
def test_lesson_4_runs_and_refuses_the_unedited_cell():
    shown = run(nbformat.read(NOTEBOOKS[0], as_version=4))
    assert "Cannot add a NOT NULL column" in shown[5]
    assert "('Attic', None, 'unknown')" in shown[7]
    assert "✗ add-a-column" in shown[-1]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq", "ignore::ResourceWarning")
def test_the_right_line_passes_in_the_notebook():
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    graded = [c for c in notebook.cells if "graded" in c.metadata.get("tags", [])]
    graded[0].source = graded[0].source.replace('your_line = """\n"""', ANSWER)
    assert "✓ add-a-column" in run(notebook)[-1]
