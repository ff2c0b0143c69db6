"""Debian's Chromium under Playwright: for drawing diagrams and for testing the site."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from remodel.errors import RemodelError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
#: No sandbox, since root has none; and none of what a browser asks of its maker by itself.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def executable() -> str | None:
    """Where the browser is, or None."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """An open browser; raises RemodelError where none is installed."""
    path = executable()
    if path is None:
        raise RemodelError("There is no Chromium on PATH. Try: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise RemodelError("Playwright is missing. Run `make dev`.") from error
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
