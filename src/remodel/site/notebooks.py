"""The site's page of each notebook: run from top to bottom, written as light Markdown."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from remodel.course.catalog import Catalog
from remodel.course.layout import APP
from remodel.scratch import scratch
from remodel.site.front_matter import SEARCHED_LAST, FrontMatter, front_matter
from remodel.site.transcripts.normalising import normalised
from remodel.site.transcripts.transcript import TERMINAL_ENVIRONMENT

COLOURS = r"\x1b\[[0-9;?]*[A-Za-z]"
#: The folder that `remodel.notebook.fresh` makes, wherever the kernel keeps its temporary files.
HOUSE = rf"{APP}-\w{{8}}"
#: How long this grading took, and the seed, which `remodel check` chooses each time.
GRADED = r" \(\d+\.\d\d s, seed \d+\)"
SEED = "20260101"
#: A notebook's command believes that it has a screen of 80 columns, and breaks long lines there.
BROKEN_MESSAGE = r"^  (Generating|Creating directory|Please edit)\b.*?(\bdone|proceeding\.)$"
#: A link to another notebook, which on the site leads to that one's page.
OTHER = r"\((\d\d-[\w-]+)\.ipynb\)"
#: The tag of a cell that the learner edits.
GRADED_CELL = "graded"


def notebooks(catalog: Catalog) -> list[Path]:
    """The notebooks of the course, in order."""
    return sorted(catalog.layout.notebooks.glob("*.ipynb"))


def run_notebook(notebook: Any, course: Path) -> Any:
    """`notebook` with what each cell printed under `printed`; raises where a cell fails."""
    from nbclient import NotebookClient

    with scratch() as folder:
        client = NotebookClient(
            notebook,
            timeout=300,
            coalesce_streams=True,
            resources={"metadata": {"path": str(folder)}},
            # It warns of a local connection without encryption, which every notebook has.
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
        )
        client.execute(env=_environment(course, folder))
        for cell in notebook.cells:
            cell["printed"] = _printed(cell, folder)
    return notebook


def is_graded(cell: Any) -> bool:
    """Whether the learner edits this cell, and is told what became of it."""
    return GRADED_CELL in cell.metadata.get("tags", [])


def _environment(course: Path, folder: Path) -> dict[str, str]:
    own = {"REMODEL_NOTEBOOK_SEED": SEED, "REMODEL_COURSE": str(course)}
    # A temporary folder of its own ends with the run, and its name can be taken out of the text.
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return {**os.environ, **TERMINAL_ENVIRONMENT, **own, **places}


def _printed(cell: Any, folder: Path) -> str:
    text = "".join(_text_of(output) for output in cell.get("outputs", []))
    text = re.sub(COLOURS, "", text).replace("\r\n", "\n")
    text = re.sub(BROKEN_MESSAGE, _unbroken, text, flags=re.DOTALL | re.MULTILINE)
    # Without colour and place, a command says here what it says in a transcript.
    text = re.sub(rf"{re.escape(str(folder))}[\\/]{HOUSE}(?=[\\/ \n]|$)", "HOUSE", text)
    return re.sub(GRADED, "", normalised(text, Path("HOUSE")))


def _unbroken(message: re.Match[str]) -> str:
    """The same on one line: it was broken after a hyphen, or at a space."""
    return re.sub(r"(-?)\n +", lambda at: at[1] or " ", message[0]).strip()


def _text_of(output: Any) -> str:
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}\n"
    if output["output_type"] == "stream":
        return str(output["text"])
    if output["metadata"].get("set_up"):  # folded, and explained in lesson 3
        return ""
    return f"\n{output['data'].get('text/plain', '')}\n"


def _about(title: str) -> FrontMatter:
    return {
        "description": f"{title}, a lesson on Flask-Migrate as a notebook: each cell, and what it "
        "prints.",
        "search": SEARCHED_LAST,
    }


def as_markdown(notebook: Any, name: str) -> str:
    """The page of an executed notebook called `name`."""
    first, *rest = notebook.cells
    title, _, opening = first.source.partition("\n")
    parts = [
        front_matter(_about(title.lstrip("# "))).rstrip(),
        # The title comes first, or MkDocs does not find it.
        f"{title}: the notebook",
        f"<!-- Written by `remodel dev notebooks --write` from notebooks/{name}.ipynb. -->",
        "This is the notebook after a run: under each cell stands what it printed.",
        f"To run it yourself, type `make notebooks` in your clone and open `{name}.ipynb` there. "
        f"You can also [download it]({name}.ipynb), and open it in a Jupyter of your own that has "
        "the course installed.",
        opening.strip(),
    ]
    parts += [part for cell in rest for part in _shown(cell)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _shown(cell: Any) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield re.sub(OTHER, r"(\1.md)", cell.source.strip())
        return
    yours = is_graded(cell)
    yield _fence("python", "Your turn: edit this cell" if yours else "Run this", cell.source)
    printed = _fence("text", "It prints", cell["printed"]) if cell["printed"] else ""
    if yours:
        summary = "<summary>What it prints before you have edited it</summary>"
        printed = f'<details markdown="1">\n{summary}\n\n{printed}\n\n</details>'
    yield printed


def _fence(language: str, title: str, text: str) -> str:
    mark = "````" if "```" in text else "```"
    return f'{mark}{language} title="{title}"\n{text.strip(chr(10))}\n{mark}'


def render_notebook(catalog: Catalog, notebook: Path) -> dict[Path, str]:
    """Run `notebook`: its page and the copy to download, with where each belongs."""
    import nbformat

    read = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    executed = run_notebook(read, catalog.root)
    return pages_of(catalog, notebook, executed)


def pages_of(catalog: Catalog, notebook: Path, executed: Any) -> dict[Path, str]:
    """What an executed notebook makes: its page, and the copy to download."""
    folder = catalog.layout.notebook_pages
    return {
        folder / f"{notebook.stem}.md": as_markdown(executed, notebook.stem),
        folder / notebook.name: notebook.read_text(encoding="utf-8"),
    }
