"""A notebook in a real JupyterLab: what is run and saved there changes no file of the course."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT, Remodel
from tests.serving import free_address

pytestmark = [pytest.mark.xdist_group("site"), pytest.mark.slow, pytest.mark.nightly]
NAME = "05-history-and-versions.ipynb"


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
