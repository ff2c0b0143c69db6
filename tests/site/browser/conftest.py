"""A real browser before the built site, which is served as a web host would serve it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from remodel.site import browser as debian
from tests.serving import served
from tests.site.browser.firefox import PROGRAM, Firefox, firefox

KEPT = {"reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}}


#: Whether the list of all pages has come.
READ_WHICH_THERE_ARE = """performance.getEntriesByType("resource").some(
  (each) => each.name.endsWith("/sitemap.xml") && each.responseEnd
)"""


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
        if self.page.locator("html.js").count():
            self.page.locator(":root[data-settled]").first.wait_for()
        if self.page.locator("form.quiz").count():
            self.page.locator("form.quiz[data-ready]").first.wait_for()
        return self.page

    def goto_and_stay(self, path: str) -> Page:
        """The same, and from there links swap pages: until the theme has read which there are, they
        load them, as links do elsewhere.
        """
        page = self.goto(path)
        while not page.evaluate(READ_WHICH_THERE_ARE):
            pass
        page.evaluate("window.stayed = true")
        return page


def open_folds(page: Page) -> None:
    """Open every fold of the page, and those that come out of it."""
    shut = page.locator("article details:not([open])")
    while shut.count():
        shut.evaluate_all("all => all.forEach(each => each.open = true)")
        page.wait_for_function("!document.querySelector('details[open] > noscript')")


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
        missing("no Chromium on PATH: apt-get install chromium")
    with debian.chromium() as browser:
        yield browser


def missing(message: str) -> NoReturn:
    """Skip what needs a browser; where browsers are required, fail."""
    if "browser" in os.environ.get("REMODEL_REQUIRE", "").split(","):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def foxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Firefox]]:
    """The Firefox of a colour scheme, which is started when it is first asked for."""
    if shutil.which(PROGRAM) is None:
        missing("no Firefox on PATH: apt-get install firefox-esr")
    with ExitStack() as opened:

        @cache
        def fox(scheme: str) -> Firefox:
            return opened.enter_context(firefox(tmp_path_factory.mktemp("firefox"), scheme))

        yield fox


@pytest.fixture
def fox(foxes: Callable[[str], Firefox], base: str) -> Iterator[Callable[..., Visitor]]:
    """Opens a window of Firefox: `fox("dark")`."""
    with ExitStack() as opened:

        def window(scheme: str = "light") -> Visitor:
            tab = opened.enter_context(closing(foxes(scheme).open_tab(base)))
            # It has those of Playwright's methods that the tests call which get one.
            return Visitor(cast(Page, tab), base, tab.outside, tab.errors)

        yield window


@pytest.fixture(params=["chromium", pytest.param("firefox", marks=pytest.mark.firefox)])
def either(request: pytest.FixtureRequest) -> Visitor:
    """A window as wide as a desk, in each browser."""
    opens = "windows" if request.param == "chromium" else "fox"
    return cast(Visitor, request.getfixturevalue(opens)())


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
