"""Diagrams: each is drawn from the source that lies beside it, and says in words what it shows."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from remodel.course.catalog import find_course
from remodel.course.layout import Layout
from remodel.errors import CourseError
from remodel.site.diagrams.drawing import style
from remodel.site.diagrams.sources import described, image, is_stale, sources

ROOT = find_course().root
LAYOUT = Layout(ROOT)
SOURCES = sources(LAYOUT)
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [source.with_suffix(".svg") for source in SOURCES]


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_a_drawing_is_made_from_the_source_beside_it(source: Path) -> None:
    assert not is_stale(source), "run `remodel dev diagrams`"


def test_every_drawing_has_a_source() -> None:
    assert [file.name for file in LAYOUT.diagrams.glob("*.svg") if file not in DRAWN] == []


def test_a_changed_source_makes_its_drawing_stale(tmp_path: Path) -> None:
    for file in (SOURCES[0], DRAWN[0]):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    assert not is_stale(tmp_path / SOURCES[0].name)
    with (tmp_path / SOURCES[0].name).open("a", encoding="utf-8") as source:
        source.write("    new --> node\n")
    assert is_stale(tmp_path / SOURCES[0].name)


@pytest.mark.parametrize("drawing", DRAWN, ids=name)
def test_a_drawing_is_named_and_described_by_its_source(drawing: Path) -> None:
    svg = ElementTree.parse(drawing).getroot()
    texts = {each.get("id"): each.text for each in svg if each.tag in (f"{SVG}title", f"{SVG}desc")}
    source = drawing.with_suffix(".mmd")
    assert svg.get("role") == "img"
    assert texts[svg.get("aria-labelledby")] == described(source, "accTitle")
    assert texts[svg.get("aria-describedby")] == described(source, "accDescr")


@pytest.mark.parametrize("drawing", DRAWN, ids=name)
def test_no_id_or_rule_of_a_drawing_can_meet_another_drawing(drawing: Path) -> None:
    text = drawing.read_text("utf-8")
    assert all(drawing.stem in each for each in re.findall(r'\bid="([^"]+)"', text))
    [rules] = re.findall(r"<style>(.*)</style>", text, re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", rules)
    named = [each for rule in selectors for each in rule.split(",") if not rule.startswith("@")]
    assert named and all(each.startswith(f"#diagram-{drawing.stem}") for each in named)


@pytest.mark.parametrize("drawing", DRAWN, ids=name)
def test_a_drawing_has_no_colour_of_its_own(drawing: Path) -> None:
    shapes = re.sub(r"<style>.*?</style>", "", drawing.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r'\s(?:fill|stroke|style)="', shapes) == []


@pytest.mark.parametrize("drawing", DRAWN, ids=name)
def test_a_drawing_can_be_read_on_a_phone(drawing: Path) -> None:
    """On 360 pixels, minus margins, 16-pixel text must not shrink below about 9."""
    assert int(ElementTree.parse(drawing).getroot().attrib["width"]) <= 580


def test_the_style_sheet_is_that_of_the_drawings() -> None:
    assert style(f"diagram-{DRAWN[0].stem}") in DRAWN[0].read_text("utf-8")


def test_the_link_to_a_drawing_holds_from_every_page() -> None:
    lesson = ROOT / "lessons" / "04-creating-and-applying" / "README.md"
    assert image(LAYOUT, lesson, "under-the-hood").endswith(
        "(../../docs/diagrams/under-the-hood.svg)"
    )
    page = ROOT / "docs" / "index.md"
    assert image(LAYOUT, page, "under-the-hood").endswith("(diagrams/under-the-hood.svg)")


def test_a_source_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mmd").write_text("flowchart TD\n    a --> b\n", "utf-8")
    with pytest.raises(CourseError, match="no accTitle"):
        described(tmp_path / "a.mmd", "accTitle")
