"""A copy of the site that opens from a file: for a stick, a train, a room without a network."""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from remodel.course.layout import Layout
from remodel.errors import RemodelError
from remodel.site.dates import VARIABLE, page_dates
from remodel.site.npm import packed_file

#: Searching from a file needs it, for a browser gives a file no worker. The theme names it by
#: an address on another host; here it lies beside the pages.
FOREIGN = "https://unpkg.com/iframe-worker/shim"
SHIM = ("iframe-worker", "1.0.4", "shim/index.js")
#: Where it lies; a site without it was built for a server.
PLACE = Path("assets") / "iframe-worker-shim.js"
#: Pages from files are loaded one by one: instant navigation asks for them in vain.
OFFLINE = {"OFFLINE": "true", "INSTANT": "navigation.top", "SITE_URL": ""}


def zip_site(layout: Layout, to: Path) -> Path:
    """Build the site for files and pack it as `to`; raises RemodelError where that fails."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / to.stem
        build_for_files(layout, site)
        to.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(site.rglob("*")):
                packed.write(file, file.relative_to(site.parent))
    return to


def build_for_files(layout: Layout, site: Path, *, searches: bool = True) -> None:
    """Build the site into the folder `site`, so that a browser can open its index.html there.

    Searching needs a file that npm fetches; without it, a copy that does not search is made.
    """
    script = packed_file(*SHIM, layout.npm_cache) if searches else ""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(site)],
        cwd=layout.root,
        env={
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            **OFFLINE,
            VARIABLE: page_dates(layout.root),
        },
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RemodelError(f"The site could not be built:\n{done.stderr}")
    place = site / PLACE
    place.write_text(script, encoding="utf-8")
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        near = Path(os.path.relpath(place, page.parent)).as_posix()
        page.write_text(text.replace(FOREIGN, near), encoding="utf-8")


def can_search(layout: Layout) -> bool:
    """Whether the file that searching needs is here, or can be fetched."""
    try:
        packed_file(*SHIM, layout.npm_cache)
    except RemodelError:
        return False
    return True


def opens_from_files(site: Path) -> bool:
    """Whether a browser can open what lies in the folder `site` without a server."""
    return (site / "index.html").is_file() and (site / PLACE).is_file()


def is_older_than_its_pages(layout: Layout, site: Path) -> bool:
    """Whether a page of the course was changed after `site` was built."""
    built = (site / "index.html").stat().st_mtime
    folders = (layout.docs, layout.lessons, layout.exercises)
    pages = (page for folder in folders for page in folder.rglob("*.md"))
    return any(page.stat().st_mtime > built for page in pages)
