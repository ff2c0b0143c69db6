"""A real browser before the built site, which is served as a web host would serve it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from remodel.site import browser as debian
from tests.serving import served

KEPT = {"reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}}


@dataclass
class Visitor:
    """One browser window, and what went wrong in it."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def goto(self, path: str) -> Page:
        """Open a page of the site; returns the window, once the scripts of the page have run."""
        self.page.goto(self.base + path, wait_until="load")
        if self.page.locator("form.quiz").count():
            self.page.locator("form.quiz[data-ready]").first.wait_for()
        return self.page


#: Opens a window: `windows(**options)`, with the options of Playwright.
Windows = Callable[..., Visitor]


@pytest.fixture(scope="session")
def sent(site: Path, address: str) -> Iterator[list[tuple[str, int]]]:
    """What the server has sent so far: path and compressed size of each answer."""
    with served(site, address) as answers:
        yield answers


@pytest.fixture(scope="session")
def base(address: str, sent: list[tuple[str, int]]) -> str:
    """The address of the site, which is being served."""
    return address


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """The browser: a learner without one skips, and where it is required that is a failure."""
    if debian.executable() is None:
        told = "no Chromium on PATH: apt-get install chromium"
        if "browser" in os.environ.get("REMODEL_REQUIRE", "").split(","):
            pytest.fail(told)
        pytest.skip(told)
    with debian.chromium() as browser:
        yield browser


@pytest.fixture
def windows(chrome: Browser, base: str) -> Iterator[Windows]:
    """Opens windows: `windows(**options)`, as Playwright has them."""
    with ExitStack() as opened:

        def window(**options: Any) -> Visitor:
            context = opened.enter_context(chrome.new_context(**{**KEPT, **options}))
            visitor = Visitor(context.new_page(), base)

            def gate(route: Route) -> None:
                if urlsplit(route.request.url).netloc == urlsplit(base).netloc:
                    route.continue_()
                else:
                    visitor.outside.append(route.request.url)
                    route.abort()

            context.route("**/*", gate)
            page = visitor.page

            def listen(message: ConsoleMessage) -> None:
                if message.type == "error":
                    visitor.errors.append(message.text)

            page.on("console", listen)
            page.on("pageerror", lambda error: visitor.errors.append(str(error)))
            return visitor

        yield window


@pytest.fixture
def visitor(windows: Windows) -> Visitor:
    """A window as wide as a desk."""
    return windows()
