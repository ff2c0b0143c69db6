"""A notebook in a real JupyterLab: it is worked through, saved and opened again, in the dark theme.

Nothing that is run or saved there changes a file of the course.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from tests.conftest import ROOT, Remodel
from tests.serving import free_address

pytestmark = [pytest.mark.xdist_group("site"), pytest.mark.slow, pytest.mark.nightly]
NAME = "05-history-and-versions.ipynb"
FOURTH = "04-creating-and-applying.ipynb"


#: The lines that the fourth notebook's exercise lacks: one of the wrong type, and the right one.
MISTAKE = "    colour: Mapped[int | None]\n"
CURE = "    colour: Mapped[str | None] = mapped_column(String(30))\n"
GRADED = "%%into hearth/models.py --fresh add-a-column"


def places(folder: Path) -> dict[str, str]:
    """Where Jupyter keeps what it knows of its user: no settings of whoever runs the tests."""
    settings = folder / "settings"
    themes = settings / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    themes.parent.mkdir(parents=True, exist_ok=True)
    themes.write_text('{"theme": "JupyterLab Dark"}', encoding="utf-8")
    (themes.parent / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    return {
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
    }


@contextmanager
def lab(course: Path, address: str) -> Iterator[None]:
    """JupyterLab in `course`, while the block lasts; it says when it listens."""
    options = {
        "ServerApp.port": urlsplit(address).port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": course,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": "",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser"]
    command += [f"--{name}={value}" for name, value in options.items()]
    with subprocess.Popen(
        command,
        env={**os.environ, "REMODEL_COURSE": str(course), **places(course.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr
        for line in server.stderr:
            if "is running at" in line:
                break
        yield
        server.terminate()
        server.communicate()


def test_what_jupyter_saves_is_the_copy(chrome: Browser, remodel: Remodel) -> None:
    """The first cell is run and saved: its output lies in the copy, and nowhere else."""
    shutil.copytree(ROOT / "notebooks", remodel.course / "notebooks", dirs_exist_ok=True)
    assert remodel("notebook", "5", "--lay-out").returncode == 0
    copy = remodel.course / "playground" / "notebooks" / NAME
    address = free_address()
    with lab(remodel.course, address):
        page = chrome.new_page()
        page.goto(f"{address}lab/tree/playground/notebooks/{NAME}")
        page.locator(".jp-CodeCell .cm-content").first.click(timeout=60_000)
        page.keyboard.press("Shift+Enter")
        page.get_by_text("your database is here").first.wait_for(timeout=60_000)
        page.keyboard.press("Control+s")
        page.wait_for_function("!document.querySelector('.jp-mod-dirty')", timeout=30_000)
        page.close()
    cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
    assert next(bool(cell["outputs"]) for cell in cells if cell["cell_type"] == "code")
    kept = remodel.course / "notebooks" / NAME
    assert kept.read_bytes() == (ROOT / "notebooks" / NAME).read_bytes()


@dataclass
class Desk:
    """A notebook that is open in JupyterLab."""

    page: Page

    def choose(self, menu: str, entry: str) -> None:
        """Choose from the menu."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=entry, exact=True).first.click()

    def cell(self, text: str) -> Locator:
        """The code cell that holds `text`."""
        return self.page.locator(".jp-CodeCell").filter(has=self.page.get_by_text(text)).first

    def go_to(self, text: str) -> Locator:
        """Find the cell that holds `text`: of a long notebook, Lab draws what is near."""
        for _ in range(60):
            if self.cell(text).count():
                break
            self.page.locator(".jp-WindowedPanel-outer").evaluate("each => each.scrollBy(0, 500)")
            self.page.wait_for_timeout(100)
        return self.cell(text)

    def write(self, text: str, new: str) -> None:
        """Write `new` into the cell that holds `text`, and run it."""
        self.go_to(text).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(new)
        self.page.keyboard.press("Shift+Enter")

    def shows(self, text: str) -> None:
        """Wait until `text` is there."""
        self.page.get_by_text(text).first.wait_for(timeout=120_000)


@contextmanager
def desk(chrome: Browser, remodel: Remodel, name: str) -> Iterator[Desk]:
    """The learner's copy of a notebook, in JupyterLab."""
    shutil.copytree(ROOT / "notebooks", remodel.course / "notebooks", dirs_exist_ok=True)
    assert remodel("notebook", name[1], "--lay-out").returncode == 0
    address = free_address()
    with lab(remodel.course, address):
        page = chrome.new_page(viewport={"width": 1300, "height": 3000})
        page.goto(f"{address}lab/tree/playground/notebooks/{name}")
        page.get_by_text("(ipykernel) | Idle").wait_for(timeout=90_000)
        page.locator(".jp-CodeCell .cm-content").first.click()
        yield Desk(page)
        page.close()


def source(name: str, begins: str) -> str:
    """The text of the cell that begins so."""
    cells = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    return next(text for cell in cells if (text := "".join(cell["source"])).startswith(begins))


def test_a_notebook_is_worked_through_in_jupyter(chrome: Browser, remodel: Remodel) -> None:
    """Run All, a prediction, a mistake and its cure; axe on drawings; saved, and opened again."""
    graded = source(FOURTH, GRADED)
    first, last = graded.split("\n    room: ")
    verdict = source(FOURTH, "!flask db upgrade\n!flask db migrate")
    with desk(chrome, remodel, FOURTH) as opened:
        opened.choose("Run", "Run All Cells")
        opened.go_to("furniture has a colour")
        opened.shows("✗ add-a-column: 1 of")
        for line, mark in ((MISTAKE, "✗ add-a-column: "), (CURE, "✓ add-a-column: all ")):
            opened.write(GRADED, f"{first}{line}\n    room: {last}")
            opened.write("furniture has a colour", verdict)
            opened.page.get_by_text("(ipykernel) | Busy").wait_for()
            opened.page.get_by_text("(ipykernel) | Idle").wait_for(timeout=120_000)
            opened.shows(mark)
        drawing = ".remodel-state"
        opened.page.locator(".jp-WindowedPanel-outer").evaluate("each => each.scrollTo(0, 0)")
        opened.page.locator(f"{drawing} svg").first.wait_for()
        found = Axe().run(opened.page, context=drawing).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
        predicts = source(FOURTH, 'predict("what-old-rows-get"')
        opened.write('predict("what-old-rows-get"', predicts.replace("...", "None", 1))
        opened.shows("✓ As you predicted: None.")
        opened.page.keyboard.press("Control+s")
        opened.page.wait_for_function("!document.querySelector('.jp-mod-dirty')", timeout=30_000)
        opened.page.reload()
        opened.page.locator(f"{drawing} svg").first.wait_for(timeout=90_000)
        opened.go_to("furniture has a colour")
        opened.shows("✓ add-a-column: all ")
        opened.page.get_by_role("link", name="Creating and applying migrations").click()
        opened.page.locator(".lm-TabBar-tabLabel").filter(has_text="README.md").wait_for()
    for kept in (ROOT / "notebooks").glob("*.ipynb"):
        assert (remodel.course / "notebooks" / kept.name).read_bytes() == kept.read_bytes()
    progress = json.loads((remodel.course / "playground" / "progress.json").read_text("utf-8"))
    assert "notebook-what-old-rows-get" in progress["questions"]
