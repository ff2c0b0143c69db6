"""The site's page of each notebook: run from top to bottom, written as light Markdown."""

import os
import re
from collections.abc import Iterable, Iterator
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
#: A moment of the run, in a row of a drawing.
MOMENT, NOON = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", "2026-01-01 12:00:00.000000"
#: The style of a drawing stands on a page once.
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
#: A link to the page of a lesson, which leads nowhere from a folder of downloads.
PAGE_LINK = r"\[([^\]]+)\]\(\.\./lessons/0(\d)-[\w-]+/README\.md\)"
#: The tags of a cell that the learner writes in, of one that is graded, and of what grades it.
YOURS, GRADED_CELL, VERDICT = "yours", "graded", "verdict"


def notebooks(catalog: Catalog) -> list[Path]:
    """The notebooks of the course, in order."""
    return sorted(catalog.layout.notebooks.glob("*.ipynb"))


def run_notebook(notebook: Any, course: Path) -> Any:
    """`notebook` with what each cell showed under `parts`, and that as text under `printed`.

    Raises where a cell fails.
    """
    from nbclient import NotebookClient

    with scratch() as folder:
        client = NotebookClient(
            notebook,
            timeout=300,
            resources={"metadata": {"path": str(folder)}},
            # It warns of a local connection without encryption, which every notebook has.
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
        )
        client.execute(env=_environment(course, folder))
        for cell in notebook.cells:
            outputs = cell.get("outputs", [])
            cell["printed"] = _printed("".join(map(_text_of, outputs)), folder)
            cell["parts"] = list(_parts(outputs, folder))
    return notebook


def is_yours(cell: Any) -> bool:
    """Whether the learner writes in this cell."""
    return YOURS in _tags(cell)


def is_graded(cell: Any) -> bool:
    """Whether what is written in this cell is graded, there or in the cell that `gives_verdict`."""
    return GRADED_CELL in _tags(cell)


def gives_verdict(cell: Any) -> bool:
    """Whether this cell grades what was written above it."""
    return VERDICT in _tags(cell)


def _tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _parts(outputs: Iterable[Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Each drawing as HTML, and what was printed between them as text."""
    text = ""
    for output in outputs:
        if output.get("metadata", {}).get("drawn"):
            yield "text", _printed(text, folder)
            yield "html", re.sub(MOMENT, NOON, output["data"]["text/html"])
            text = ""
        else:
            text += _text_of(output)
    yield "text", _printed(text, folder)


def _environment(course: Path, folder: Path) -> dict[str, str]:
    own = {"REMODEL_NOTEBOOK_SEED": SEED, "REMODEL_COURSE": str(course)}
    # A temporary folder of its own ends with the run, and its name can be taken out of the text.
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return {**os.environ, **TERMINAL_ENVIRONMENT, **own, **places}


def _printed(text: str, folder: Path) -> str:
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
    if output["metadata"].get("folded"):  # what lesson 3 explains, or what is said again below
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
    return _with_one_style("\n\n".join(part for part in parts if part)) + "\n"


def _shown(cell: Any) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield re.sub(OTHER, r"(\1.md)", cell.source.strip())
        return
    # The first line of what is yours is no Python, and every colour has its weight on a page.
    if is_yours(cell):
        yield _fence("text", "Yours: write in this cell", cell.source)
    else:
        yield _fence("python", "Run this", cell.source)
    parts = [_output(kind, text) for kind, text in cell["parts"] if text.strip()]
    if not is_graded(cell) and not gives_verdict(cell):
        yield from parts
    elif parts:
        summary = "<summary>What it shows before you have written anything</summary>"
        yield "\n\n".join(['<details markdown="1">', summary, *parts, "</details>"])


def _output(kind: str, text: str) -> str:
    return text if kind == "html" else _fence("text", "It prints", text)


def _with_one_style(page: str) -> str:
    """The page with the style of its drawings before the first of them alone."""
    first, *rest = STYLE.split(page)
    style = STYLE.search(page)
    return first + (style[0] if style else "") + "".join(rest)


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
        folder / notebook.name: to_download(notebook),
    }


def to_download(notebook: Path) -> str:
    """The file for somebody who saves it anywhere: a link to a page becomes the command."""
    text = notebook.read_text(encoding="utf-8")
    return re.sub(PAGE_LINK, r"\1 (`remodel read \2`)", text)
