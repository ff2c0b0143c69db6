"""`make nightly`: axe on every page in both schemes, and Lighthouse as on a mid-range phone.

Prints what it finds and ends with 1 where anything is below what the course promises.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from remodel.course.catalog import find_course
from remodel.site.browser import chromium, executable
from tests.serving import free_address, served
from tests.site.browser.conftest import open_folds

ROOT = find_course().root
LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("", "lessons/04-creating-and-applying/", "lessons/06-complex-changes/")
PROMISED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def main() -> int:
    """Run both; returns the exit code."""
    address = free_address()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        env = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", folder]
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        with served(site, address):
            below = 0
            for finding in chain(lighthouse_on_three(address), axe_everywhere(address, site)):
                print(finding, flush=True)
                below += 1
    print(f"{below} findings")
    return 1 if below else 0


def axe_everywhere(address: str, site: Path) -> Iterator[str]:
    """What axe has against any page, with its questions answered and its folds open."""
    pages = [f"{p.parent.relative_to(site).as_posix()}/" for p in sorted(site.rglob("index.html"))]
    with chromium() as browser:
        for scheme in ("light", "dark"):
            context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            for path in [*pages, "404.html"]:
                page.goto(address + path)
                page.locator(":root[data-settled]").wait_for()
                page.evaluate(
                    "document.querySelectorAll('form.quiz').forEach(form => {"
                    " form.querySelector('input').checked = true; form.requestSubmit(); })"
                )
                open_folds(page)
                for found in Axe().run(page).response["violations"]:
                    nodes = [node["html"][:100] for node in found["nodes"]]
                    yield f"axe, {scheme}: {path}: {found['id']}: {nodes[0]} ({len(nodes)} nodes)"
            print(f"axe: {len(pages) + 1} pages, {scheme}", flush=True)


def lighthouse_on_three(address: str) -> Iterator[str]:
    """Which score of which page is below what is promised."""
    for path in PAGES:
        scores, speed = lighthouse(address + path)
        told = ", ".join(f"{name} {score}" for name, score in scores.items())
        print(f"lighthouse, mobile: /{path}: {told} (benchmark {speed:.0f})", flush=True)
        for name, least in PROMISED.items():
            if scores[name] < least:
                yield f"lighthouse: /{path}: {name} is {scores[name]}, promised {least}"


def lighthouse(url: str) -> tuple[dict[str, int], float]:
    """The four scores of a page, of a hundred each, and how fast the machine was meanwhile.

    Below a benchmark of about 1000 the machine was busy, and the performance says nothing.
    """
    folder = ROOT / ".cache" / "lighthouse"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*install, "--prefix", ".", LIGHTHOUSE], cwd=folder, check=True)
    done = subprocess.run(
        [
            str(program),
            url,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(PROMISED)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env={**os.environ, "CHROME_PATH": executable() or ""},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    scores = {name: round(told["categories"][name]["score"] * 100) for name in PROMISED}
    return scores, told["environment"]["benchmarkIndex"]


if __name__ == "__main__":
    sys.exit(main())
