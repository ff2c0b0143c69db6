"""Measure what pages cost a phone, and print one table: `make bench-pages`, on a quiet machine.

The browser is slowed down to a quarter. Each page is opened with our scripts and styles and
without them, by turns, and what the main thread did is read from the browser's own trace.
With npm, Lighthouse's four marks are measured too.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Browser, Route
from rich.console import Console
from rich.table import Table

from remodel.course.catalog import Catalog, find_course
from remodel.site.browser import chromium
from tests.nightly.run import PROMISED, lighthouse
from tests.serving import free_address, served

PAGES = ("", "exercises/", "errors/", "autogenerate/", "cards/")
#: How much slower a phone is, and for how long the page is left alone, in ms.
SLOWER, QUIET = 4, 1500
#: A task that takes longer than this, in ms, keeps a reader waiting for as long as the rest of it.
LONG = 50
CATEGORIES = ["devtools.timeline", "toplevel", "v8.execute", "disabled-by-default-v8.compile"]
SCRIPTS = {"EvaluateScript", "FunctionCall", "v8.compile", "TimerFire", "FireAnimationFrame"}


@dataclass(frozen=True)
class Cost:
    """What one visit cost on the main thread, in ms."""

    scripts: float
    blocking: float


@click.command()
@click.option("--runs", default=3, help="How many visits each median is of.")
@click.option("--only", help="Pages whose address holds these words.")
@click.option("--lighthouse/--no-lighthouse", default=True, help="Ask Lighthouse too; needs npm.")
def main(runs: int, only: str | None, lighthouse: bool) -> None:
    """Measure seven lessons and five other pages."""
    catalog = find_course()
    address = free_address()
    pages = [each for each in addresses(catalog) if only is None or only in each]
    with tempfile.TemporaryDirectory() as folder:
        site = built(catalog, Path(folder), address)
        with served(site, address), chromium() as browser:
            show("Four times slower, in ms", costs(browser, catalog, address, pages, runs))
        if lighthouse:
            with served(site, address):
                show("Lighthouse, mobile", marks(address, pages, runs))


def addresses(catalog: Catalog) -> list[str]:
    """The pages that are measured."""
    return [*PAGES, *(f"lessons/{name}/" for name in catalog.lessons)]


def built(catalog: Catalog, folder: Path, address: str) -> Path:
    """The site, as it is published."""
    site = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    environment = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=catalog.root, env=environment, check=True)
    return site


def show(title: str, rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose first row has the names of its columns."""
    head, *body = rows
    table = Table(*head, title=title)
    for row in body:
        table.add_row(*row)
    Console(width=110).print(table)


def costs(
    browser: Browser, catalog: Catalog, address: str, pages: Iterable[str], runs: int
) -> Iterator[Sequence[str]]:
    """For each page: our scripts, and the time for which a reader waits, with and without us."""
    ours = {each.name for each in (catalog.root / "docs/assets").glob("*.*")}
    yield "page", "our scripts (aim 100)", "blocking", "without ours", "ratio (aim 1.3)"
    for page in pages:
        pairs = [
            (
                visit(browser, address + page, ours, True),
                visit(browser, address + page, ours, False),
            )
            for _ in range(runs)
        ]
        scripts = statistics.median(with_us.scripts for with_us, _ in pairs)
        mine = statistics.median(with_us.blocking for with_us, _ in pairs)
        bare = statistics.median(without.blocking for _, without in pairs)
        ratio = f"{mine / bare:.2f}" if bare else "none blocks" if not mine else "only ours"
        yield page or "home", f"{scripts:.0f}", f"{mine:.0f}", f"{bare:.0f}", ratio


def visit(browser: Browser, address: str, ours: set[str], with_ours: bool) -> Cost:
    """Open a page in a new window, and read the trace of it."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, is_mobile=True)
    page = context.new_page()
    if not with_ours:
        page.route("**/assets/*", partial(without, ours))
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(QUIET)
    trace = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return read_cost(trace, ours)


def without(ours: set[str], route: Route) -> None:
    """Answer as if our file were empty."""
    if route.request.url.rpartition("/")[2] in ours:
        route.fulfill(body="", content_type=route.request.headers.get("accept", ""))
    else:
        route.continue_()


def read_cost(trace: Sequence[dict[str, Any]], ours: set[str]) -> Cost:
    """What a trace says of the main thread of the page's process."""
    mains = {
        (each["pid"], each["tid"])
        for each in trace
        if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"
    }
    # Only the thread's own time counts: on a busy machine it waits for its turn, too.
    timed = (each for each in trace if each.get("ph") == "X" and "tdur" in each)
    events = [each for each in timed if (each["pid"], each["tid"]) in mains]
    tasks = [each["tdur"] / 1000 for each in events if each["name"].endswith("RunTask")]
    scripts = [e for e in events if e["name"] in SCRIPTS and file_of(e) in ours]
    return Cost(covered(scripts), sum(max(0, task - LONG) for task in tasks))


def file_of(event: dict[str, Any]) -> str:
    """The name of the script that an event of a trace is about."""
    args = event.get("args", {})
    place = args.get("data", {}).get("url") or args.get("fileName") or ""
    return str(place).partition("?")[0].rpartition("/")[2]


def covered(events: Iterable[dict[str, Any]]) -> float:
    """How many ms some events take together; one inside another counts once."""
    total, end = 0.0, 0.0
    for event in sorted(events, key=lambda each: each["tts"]):
        until = event["tts"] + event["tdur"]
        total += max(0.0, until - max(event["tts"], end))
        end = max(end, until)
    return total / 1000


def marks(address: str, pages: Iterable[str], runs: int) -> Iterator[Sequence[str]]:
    """Lighthouse's marks, each the median of some runs, and how quick it took this machine for."""
    yield "page", *PROMISED, "benchmark index"
    for page in pages:
        reports = [lighthouse(address + page) for _ in range(runs)]
        medians = (statistics.median(scores[mark] for scores, _ in reports) for mark in PROMISED)
        index = statistics.median(speed for _, speed in reports)
        yield page or "home", *(f"{each:.0f}" for each in medians), f"{index:.0f}"


if __name__ == "__main__":
    main()
