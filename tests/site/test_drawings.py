"""The house in each lesson: one drawing each, in words too, in the colours that have names."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from remodel.course.catalog import find_course
from remodel.course.layout import Layout
from remodel.site.diagrams.social_card import card_is_stale
from remodel.site.reference.style import read_colours

COURSE = find_course()
DRAWINGS = sorted(COURSE.layout.drawings.glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"


def name(file: Path) -> str:
    return file.stem


def test_every_lesson_has_its_drawing() -> None:
    """There is one for each lesson, and no other."""
    assert [file.stem for file in DRAWINGS] == list(COURSE.lessons)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=name)
def test_a_drawing_says_in_words_what_it_shows(drawing: Path) -> None:
    """It is an image with a title and a description of its own."""
    svg = ElementTree.parse(drawing).getroot()
    texts = {each.get("id"): each.text for each in svg if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert svg.get("role") == "img"
    assert len(texts[svg.get("aria-labelledby")] or "") > 20
    assert len(texts[svg.get("aria-describedby")] or "") > 40


@pytest.mark.parametrize("drawing", DRAWINGS, ids=name)
def test_a_drawing_takes_the_colours_of_the_site(drawing: Path) -> None:
    """Each colour is a token, and what stands for it elsewhere is its value in the light."""
    tokens = {each.name: each.light for each in read_colours(COURSE.layout.style_sheet)}
    text = drawing.read_text(encoding="utf-8")
    used = re.findall(r"var\(--([a-z-]+),(#[0-9a-f]+)\)", text)
    assert used
    assert [each for each in used if tokens[each[0]] not in (each[1], each[1] + each[1][1:])] == []
    assert (
        re.findall(r"#[0-9a-f]{3,6}\b", re.sub(r"var\([^)]*\)|aria[^>]*|#house-\d+", "", text))
        == []
    )


@pytest.mark.parametrize("drawing", DRAWINGS, ids=name)
def test_no_rule_of_a_drawing_reaches_another(drawing: Path) -> None:
    """Each rule begins with the drawing's own id."""
    [rules] = re.findall(r"<style>(.*)</style>", drawing.read_text(encoding="utf-8"))
    selectors = ",".join(re.findall(r"([^{}]+)\{", rules)).split(",")
    assert {each.split()[0] for each in selectors} == {f"#house-{drawing.stem[:2]}"}


def test_the_card_for_other_sites_is_drawn_from_its_source(tmp_path: Path) -> None:
    """The PNG carries the mark of the SVG beside it; with another SVG it is stale."""
    assert not card_is_stale(COURSE.layout), "run `remodel dev diagrams`"
    elsewhere = Layout(tmp_path)
    elsewhere.social_card.parent.mkdir(parents=True)
    png = COURSE.layout.social_card.with_suffix(".png").read_bytes()
    elsewhere.social_card.with_suffix(".png").write_bytes(png)
    elsewhere.social_card.write_text("<svg/>", encoding="utf-8")
    assert card_is_stale(elsewhere)
