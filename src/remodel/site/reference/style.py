"""The colours of the site, by the names that its style sheet gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from remodel.errors import CourseError

DECLARED = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});(?:\s*/\* (.+?) \*/)?", re.DOTALL)


@dataclass(frozen=True)
class Colour:
    """One token: what it is in the light and in the dark scheme, and what it is for."""

    name: str
    light: str
    dark: str
    what: str


def read_colours(style_sheet: Path) -> list[Colour]:
    """The colours in their order; raises CourseError where one does not say what it is for."""
    text = style_sheet.read_text(encoding="utf-8")
    everywhere, _, rest = text.partition("@media screen")
    dark = {name: value for name, value, _ in DECLARED.findall(rest.partition("\n}")[0])}
    colours = []
    for name, value, what in DECLARED.findall(everywhere):
        if not what:
            raise CourseError(f"{style_sheet}: say in a comment what --{name} is for.")
        colours.append(Colour(name, value, dark.get(name, value), what))
    return colours


def colours_table(style_sheet: Path) -> Iterator[str]:
    """A row for each colour, with a swatch that follows the scheme of the page."""
    yield from ("| Colour | Name | Light | Dark | What it is for |", "|---|---|---|---|---|")
    for each in read_colours(style_sheet):
        swatch = f'<span class="swatch" style="background: var(--{each.name})"></span>'
        yield f"| {swatch} | `--{each.name}` | `{each.light}` | `{each.dark}` | {each.what} |"
