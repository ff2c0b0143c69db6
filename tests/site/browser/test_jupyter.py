"""A notebook in a real JupyterLab: what is run and saved there changes no file of the course."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import ROOT, Remodel
from tests.serving import free_address
from tests.site.test_notebooks import NOTEBOOKS, answered, stored

pytestmark = [pytest.mark.xdist_group("site"), pytest.mark.slow, pytest.mark.nightly]
NAME = "05-history-and-versions.ipynb"
CELL = ".jp-Notebook .jp-Cell"
#: Each cell of code has its number: none waits.
ALL_RUN = r"""() => [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
  .every(prompt => /\[\d+\]/.test(prompt.textContent))"""
KERNEL_IS_IDLE = """() => document.querySelector(
  ".jp-Notebook-ExecutionIndicator")?.dataset.status === "idle" """
LONG = 400_000
#: What lies on top of the other tabs, and its tab.
ON_TOP = ".lm-DockPanel-widget:not(.lm-mod-hidden)"
TAB_ON_TOP = "#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current"
#: A link with a file behind it; to a heading of its own, Jupyter gives each heading one.
TO_A_FILE = f"{ON_TOP} .jp-MarkdownOutput a:not(.jp-InternalAnchorLink)"


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
        try:
            yield
        finally:
            server.terminate()
            server.communicate()


def opened(chrome: Browser, address: str, name: str) -> Page:
    """The notebook in a window, alone, once its kernel is there."""
    page = chrome.new_page()
    page.goto(f"{address}lab/tree/playground/notebooks/{name}?reset")
    page.locator(".jp-CodeCell .cm-content").first.click(timeout=60_000)
    page.keyboard.press("Escape")
    page.wait_for_function(KERNEL_IS_IDLE, timeout=60_000)
    return page


def run_all(page: Page) -> None:
    """As the menu does."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(ALL_RUN, timeout=LONG)


def typed(cell: Locator, source: str) -> None:
    """Write `source` in place of what is there, and run it."""
    keyboard = cell.page.keyboard
    before = cell.locator(".jp-InputPrompt").inner_text()
    cell.locator(".cm-content").click(position={"x": 5, "y": 5})
    keyboard.press("Control+a")
    keyboard.press("Delete")
    keyboard.insert_text(source)
    keyboard.press("Control+Enter")
    cell.page.wait_for_function(
        "([cell, before]) => cell.textContent !== before && /\\d/.test(cell.textContent)",
        arg=[cell.locator(".jp-InputPrompt").element_handle(), before],
        timeout=LONG,
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_run_answered_saved_and_opened_again(
    path: Path, chrome: Browser, remodel: Remodel
) -> None:
    """Its outputs have no fault that axe finds, its links lead to files, and the answer stays."""
    shutil.copytree(ROOT / "notebooks", remodel.course / "notebooks", dirs_exist_ok=True)
    assert remodel("notebook", "--lay-out").returncode == 0
    order = [cell.id for cell in stored(path).cells]
    answers = {cell.id.removesuffix("-answered"): cell.source for cell in answered(path)}
    address = free_address()
    with lab(remodel.course, address):
        page = opened(chrome, address, path.name)
        run_all(page)
        for name, source in answers.items():
            cell = page.locator(CELL).nth(order.index(name))
            typed(cell, source)
        assert "✓" in cell.locator(".jp-OutputArea").inner_text()
        found = Axe().run(page, context=".jp-OutputArea-output").response["violations"]
        assert [node["html"] for each in found for node in each["nodes"]] == []
        links = page.locator(".jp-MarkdownOutput a[href*='/files/']")
        for link in links.all():
            assert page.request.get(str(link.get_attribute("href"))).ok
        assert links.count() >= 1
        page.keyboard.press("Control+s")
        page.wait_for_function("!document.querySelector('.jp-mod-dirty')", timeout=30_000)
        page.close()
        page = opened(chrome, address, path.name)
        kept = page.locator(CELL).nth(order.index(name))
        kept.scroll_into_view_if_needed()  # what is out of sight is not written yet
        last = source.strip().splitlines()[-1].strip()
        expect(kept.locator(".cm-content")).to_contain_text(last, timeout=LONG)
        page.close()


def test_a_click_on_each_link_opens_what_its_text_names(chrome: Browser, remodel: Remodel) -> None:
    """A lesson's page opens as a page, the next notebook as a notebook, under that heading."""
    shutil.copytree(ROOT / "notebooks", remodel.course / "notebooks", dirs_exist_ok=True)
    assert remodel("notebook", "--lay-out").returncode == 0
    address, clicked = free_address(), 0
    with lab(remodel.course, address):
        for path in NOTEBOOKS:
            page = opened(chrome, address, path.name)
            last = page.locator(CELL).last
            last.scroll_into_view_if_needed()
            last.locator("a[href*='/files/']").first.wait_for()
            links = page.locator(TO_A_FILE)
            for link in links.all():
                name = link.inner_text()
                link.click()
                expect(page.locator(TAB_ON_TOP)).not_to_contain_text(path.name)
                expect(page.locator(f"{ON_TOP} h1").first).to_have_text(re.compile(f"^{name}"))
                assert len(page.context.pages) == 1
                page.locator(".lm-TabBar-tab", has_text=path.name).click()
                clicked += 1
            page.close()
    assert clicked == sum(
        cell.source.count("](")
        for path in NOTEBOOKS
        for cell in stored(path).cells
        if cell.cell_type == "markdown"
    )


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
        page.locator(".remodel-state svg").first.wait_for(timeout=60_000)
        page.keyboard.press("Control+s")
        page.wait_for_function("!document.querySelector('.jp-mod-dirty')", timeout=30_000)
        page.close()
    cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
    assert next(bool(cell["outputs"]) for cell in cells if cell["cell_type"] == "code")
    kept = remodel.course / "notebooks" / NAME
    assert kept.read_bytes() == (ROOT / "notebooks" / NAME).read_bytes()
