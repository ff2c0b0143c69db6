"""Draws the sources with Mermaid in a browser: for authors alone, nobody else needs either.

Mermaid's own style sheet, its scripts and its fonts stay behind. What is kept is shapes and text,
under a style sheet of ours, so that a drawing takes the colours of the page it stands on.
"""

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from remodel.site.diagrams.sources import described, fingerprint
from remodel.site.npm import packed_file

if TYPE_CHECKING:
    from playwright.sync_api import Page

MERMAID = "11.17.2"
FONT = "Helvetica, Arial, sans-serif"
MERMAID_SETTINGS = {
    "startOnLoad": False,
    "securityLevel": "strict",
    "deterministicIds": True,
    "theme": "base",
    "fontFamily": FONT,
    "themeVariables": {"commitLabelFontSize": "14px", "tagLabelFontSize": "14px"},
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False, "padding": 12, "nodeSpacing": 36, "rankSpacing": 44},
    "sequence": {"mirrorActors": False, "height": 44, "messageMargin": 32, "width": 110},
}


def draw(files: Sequence[Path], cache: Path) -> Iterator[str]:
    """Write the drawing beside each source; yields a line for each."""
    from remodel.site.browser import chromium

    script = packed_file("mermaid", MERMAID, "dist/mermaid.min.js", cache)
    with chromium() as browser:
        page = browser.new_page()
        page.set_content("<!doctype html><body></body>")
        page.add_script_tag(content=script)
        page.add_script_tag(content=_beside("slim.js"))
        page.evaluate("settings => mermaid.initialize(settings)", MERMAID_SETTINGS)
        for source in files:
            svg = _drawn(page, source)
            source.with_suffix(".svg").write_text(svg, encoding="utf-8")
            yield f"{source.stem}.svg: {len(svg.encode()) / 1000:.1f} kB"


def _drawn(page: "Page", source: Path) -> str:
    for key in ("accTitle", "accDescr"):
        described(source, key)
    text = source.read_text(encoding="utf-8")
    name = f"diagram-{source.stem}"
    svg: str = page.evaluate(
        "([name, text, css, mark]) => slimDrawing(name, text, css, mark)",
        [name, text, style(name), fingerprint(source)],
    )
    return svg.rstrip() + "\n"


def style(name: str) -> str:
    """The style sheet of the drawing called `name`, whose rules reach no other."""
    css = re.sub(r"/\*.*?\*/", "", _beside("style.css"), flags=re.DOTALL)
    return re.sub(r"\s*([{};:,>+])\s*", r"\1", css).strip().replace("#it", f"#{name}")


def _beside(file: str) -> str:
    return (resources.files("remodel.site.diagrams") / file).read_text(encoding="utf-8")
