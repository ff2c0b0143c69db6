"""The card that another site shows of a link: drawn once from docs/assets/card.svg, by its author.

Sites that show cards want a PNG. It carries the fingerprint of its source, so that a test can tell
without a browser whether it is the card of today.
"""

import zlib
from pathlib import Path

from remodel.course.layout import Layout
from remodel.site.diagrams.sources import fingerprint

#: Where a PNG has its end: the length, the name and the checksum of an empty chunk.
END = b"\0\0\0\0IEND\xaeB`\x82"
SIZE = {"width": 1200, "height": 630}


def card_is_stale(layout: Layout) -> bool:
    """Whether the PNG is missing, or drawn from an older source."""
    png = layout.social_card.with_suffix(".png")
    return not png.exists() or _mark(layout.social_card) not in png.read_bytes()


def draw_card(layout: Layout) -> str:
    """Draw the PNG beside its source; returns a line about it. It needs Chromium."""
    from remodel.site.browser import chromium

    source = layout.social_card
    svg = source.read_text(encoding="utf-8")
    with chromium() as browser:
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
        picture = page.screenshot()
    marked = picture.removesuffix(END) + _mark(source) + END
    source.with_suffix(".png").write_bytes(marked)
    return f"{source.stem}.png: {len(marked) / 1000:.1f} kB"


def _mark(source: Path) -> bytes:
    """A chunk of text that viewers pass over."""
    text = b"tEXtSource\0" + fingerprint(source).encode()
    return (len(text) - 4).to_bytes(4, "big") + text + zlib.crc32(text).to_bytes(4, "big")
