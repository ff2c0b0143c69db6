"""The look: text keeps its contrast on every ground, and every colour has a name and a purpose."""

import re
from itertools import product
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.errors import CourseError
from remodel.site.reference.style import read_colours

STYLE_SHEET = find_course().layout.style_sheet
COLOURS = read_colours(STYLE_SHEET)
TEXTS = ("ink", "soft", "wish", "plan", "house", "kept", "lost")
GROUNDS = ("paper", "card", "sunk")
PAIRS = [
    *product(TEXTS, GROUNDS),
    ("on-house", "house"),
    *product(("on-night", "night-kept", "night-lost"), ("night",)),
]


def contrast(one: str, other: str) -> float:
    """The ratio that WCAG defines."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How bright a colour is, from 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_keeps_its_contrast_on_every_ground(scheme: str) -> None:
    """Every pair of text and ground has a contrast of at least 4.5 to 1."""
    values = {each.name: getattr(each, scheme) for each in COLOURS}
    low = {pair: contrast(*(values[name] for name in pair)) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lines_of_a_control_can_be_seen(scheme: str) -> None:
    """The edge of a control has a contrast of at least 3 to 1."""
    values = {each.name: getattr(each, scheme) for each in COLOURS}
    assert [g for g in GROUNDS if contrast(values["edge"], values[g]) < 3] == []


def test_a_grey_on_grey_would_be_seen() -> None:
    """The ratio is that of the definition: black on white is 21, a colour on itself 1."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#777777", "#777777") == 1


def test_no_rule_has_a_colour_without_a_name() -> None:
    """Below the tokens, the style sheet names no colour by its number."""
    rules = STYLE_SHEET.read_text(encoding="utf-8").partition("/* What the theme calls them. */")[2]
    assert rules
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rules) == []


def test_a_colour_without_a_purpose_is_refused(tmp_path: Path) -> None:
    """A token that does not say what it is for is named."""
    sheet = tmp_path / "course.css"
    sheet.write_text(":root {\n  --paper: #ffffff;\n}\n", encoding="utf-8")
    with pytest.raises(CourseError, match="--paper"):
        read_colours(sheet)
