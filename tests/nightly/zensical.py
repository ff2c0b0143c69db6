"""`make zensical`: build the site with MkDocs and with its successor, and print what differs.

It ends with 1 where Zensical builds no site, or one that lacks pages. That the pages of the two
look different is no fault.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from remodel.course.catalog import find_course

ROOT = find_course().root
PROGRAM = ROOT / ".cache" / "zensical" / "bin" / "zensical"
BUILT = ".cache/zensical-site"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Shown(HTMLParser):
    """What a page shows in its article, by kind: words, headings, forms, and the like."""

    COUNTED = ("h1", "h2", "h3", "pre", "table", "form", "details", "figure", "img")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.kinds: defaultdict[str, list[str]] = defaultdict(list)
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count it in the article, and remember that it is open."""
        if "article" in self._inside and tag in self.COUNTED:
            self.kinds[f"<{tag}>"].append("")
        if tag not in VOID:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close it, and whatever was left open in it."""
        while tag in self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take the words of the article and of the title."""
        inside = self._inside
        if "title" in inside and "svg" not in inside:
            self.kinds["title"] += data.split()
        elif "article" in inside and not {"script", "style", "aside", "nav"} & set(inside):
            self.kinds["words"] += data.split()


def main() -> int:
    """Build both; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        mkdocs, zensical = Path(folder), ROOT / BUILT
        build_both(mkdocs)
        pages = sorted(each.relative_to(mkdocs) for each in mkdocs.rglob("index.html"))
        lacking = [page for page in pages if not (zensical / page).exists()]
        there = [page for page in pages if page not in lacking]
        differing = [page for page in there if _report(mkdocs / page, zensical / page, page)]
    for page in lacking:
        print(f"{page}: Zensical builds no such page.")
    print(f"{len(pages)} pages: {len(lacking)} are lacking, {len(differing)} differ.")
    return 1 if lacking else 0


def build_both(mkdocs: Path) -> None:
    """Build the site twice. Zensical has an environment of its own, and the newest version."""
    if not PROGRAM.exists():
        pip = PROGRAM.with_name("pip")
        subprocess.run([sys.executable, "-m", "venv", str(PROGRAM.parents[1])], check=True)
        subprocess.run([str(pip), "install", "-q", "-e", str(ROOT), "zensical"], check=True)
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(mkdocs)]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    shutil.rmtree(ROOT / BUILT, ignore_errors=True)
    # Its own `--clean` would empty .cache, where it lies itself.
    # It knows no option for the folder, and takes one of the project that the settings name.
    settings = ROOT / "zensical.yml"
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    try:
        settings.write_text(f"{text}\nsite_dir: {BUILT}\n", encoding="utf-8")
        subprocess.run([str(PROGRAM), "build", "-f", settings.name], cwd=ROOT, check=True)
    finally:
        settings.unlink()


def _report(one: Path, other: Path, page: Path) -> bool:
    """Print how what two pages show differs; returns whether it does."""
    found = list(differences(one.read_text("utf-8"), other.read_text("utf-8")))
    if found:
        print(f"{page}: {'; '.join(found)}")
    return bool(found)


def differences(mkdocs: str, zensical: str) -> Iterator[str]:
    """In what the articles and titles of two pages differ."""
    ours, theirs = Shown(mkdocs).kinds, Shown(zensical).kinds
    for kind in sorted(ours.keys() | theirs.keys()):
        if len(ours[kind]) != len(theirs[kind]):
            yield f"{kind}: {len(ours[kind])} with MkDocs, {len(theirs[kind])} with Zensical"
        elif ours[kind] != theirs[kind]:
            pairs = zip(ours[kind], theirs[kind], strict=True)
            one, other = next((one, other) for one, other in pairs if one != other)
            yield f"{kind}: {one!r} with MkDocs, {other!r} with Zensical"


if __name__ == "__main__":
    sys.exit(main())
