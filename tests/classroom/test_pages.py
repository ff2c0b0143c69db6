"""What a gradebook shows: words stay words, everybody can read it, nothing is asked of a host."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import jsonschema  # type: ignore[import-untyped]
import pytest
from axe_playwright_python.sync_playwright import Axe

from remodel.classroom.book import NOT_HANDED_IN, Cell, Gradebook, Row
from remodel.classroom.gained import read_gains
from remodel.classroom.insight import distribution, ranked_beliefs, rates
from remodel.classroom.people import Person
from remodel.classroom.results_store import Graded, GradedCheck
from remodel.classroom.sheet import sheet_name
from remodel.classroom.slides import slides
from remodel.classroom.tables import safe
from remodel.classroom.writing import write_gradebook
from remodel.course.catalog import Catalog
from remodel.course.inventory import read_inventory
from remodel.course.quiz import read_quiz
from remodel.site import browser as debian
from tests.classroom.a_class import NAMES
from tests.conftest import ROOT, Remodel
from tests.site.browser.conftest import missing

SLUGS = ("add-a-column", "rename-a-column")
BELIEF = "autogenerate-writes-renames"


def result(slug: str, *failed: str) -> Graded:
    """A verdict: `failed` are the misconceptions behind what failed."""
    wrong = [
        GradedCheck(
            f"test_{belief}",
            f"Not {belief} </title><script>alert(2)</script>",
            "fail",
            "colour of <b>row 3</b> is gone\x1b[31m",
            "migrations/versions/0002.py:8",
            "op.drop_column('room', 'colour')",
            belief,
            "Compare the values.",
            points=1,
        )
        for belief in failed
    ]
    right = GradedCheck("test_rows", "Every row is there", "pass", points=1)
    points, most = 1, 1 + len(wrong)
    return Graded("fail" if failed else "pass", slug, points, most, 1, 0.5, None, (*wrong, right))


def cells(*outcomes: Graded | str) -> dict[str, Cell]:
    """The cells of a learner: verdicts, or other statuses."""
    made = {}
    for slug, outcome in zip(SLUGS, outcomes, strict=True):
        if outcome == "untouched":
            made[slug] = Cell(slug, NOT_HANDED_IN, 10.0, reason=f"It is the starter of {slug}.")
        elif isinstance(outcome, str):
            reason = "A <i>broken</i> zip." if outcome == "error" else ""
            made[slug] = Cell(slug, outcome, 10.0, reason=reason)
        else:
            points = 10.0 if outcome.status == "pass" else 5.0
            made[slug] = Cell(slug, outcome.status, 10.0, points, outcome)
    return made


@pytest.fixture(scope="module")
def book() -> Gradebook:
    """A class of people whose names try hard."""
    outcomes: list[tuple[Graded | str, Graded | str]] = [
        (result(SLUGS[0]), result(SLUGS[1], BELIEF)),
        (result(SLUGS[0], "exit-0-means-applied"), result(SLUGS[1], BELIEF)),
        ("not handed in", "untouched"),
        ("error", "error"),
        (result(SLUGS[0]), "not handed in"),
    ]
    rows = [
        Row(Person(f"{name} ({n})", name, str(n), "moodle"), cells(*outcomes[n % 5]))
        for n, name in enumerate(NAMES)
    ]
    rows[7] = replace(rows[7], place="class.zip/seven")
    rows[1] = Row(rows[1].person, rows[1].cells, timedelta(hours=30), 0.8, ("Two <zips>.",))
    return Gradebook("Week <4>", SLUGS, dict.fromkeys(SLUGS, 10.0), tuple(rows))


@pytest.fixture(scope="module")
def written(book: Gradebook, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files."""
    place = tmp_path_factory.mktemp("gradebook")
    records = tmp_path_factory.mktemp("records")
    first, second = [idea.family for idea in read_inventory(catalog.layout)][:2]
    before, after = ({"day": f"2030-0{m}-01", "answers": {first: ""}} for m in (1, 2))
    after["answers"] = {first: "", second: ""}
    record = {"remodel": 1, "inventory": {"before": before, "after": after}}
    (records / "ann.json").write_text(json.dumps(record))
    write_gradebook(book, place, catalog, read_gains(records, catalog))
    return place


def test_what_the_class_gained_is_on_its_page(written: Path) -> None:
    """An idea that all knew before gains nothing; one that is known now and was not gains all."""
    shown = (written / "class.html").read_text("utf-8").partition("What was gained")[2]
    row = r'number">(\d+)</td><td class="number">(\d+)</td>.*?>([^<]+)</td></tr>'
    figures = re.findall(row, shown)
    assert figures[:3] == [("1", "1", "all knew it"), ("0", "1", "1.00"), ("0", "0", "0.00")]


def test_nothing_in_a_name_becomes_markup(written: Path) -> None:
    """Names, messages and titles are escaped in every page."""
    pages = [written / "class.html", *(written / "learners").iterdir()]
    assert len(pages) == 1 + len(NAMES)
    for page in pages:
        words = page.read_text("utf-8")
        assert "<script" not in words, page
        assert "<b>row" not in words and "\x1b" not in words and "<zips>" not in words, page
    assert "&lt;script&gt;alert(1)" in pages[0].read_text("utf-8")


def test_whoever_changed_nothing_has_no_mark_and_hears_why(book: Gradebook, written: Path) -> None:
    """The starter as it was given is not handed in, with words of its own wherever it is told."""
    row = book.rows[7]
    said = "It is the starter of rename-a-column."
    sheet = (written / "learners" / sheet_name(row)).read_text("utf-8")
    assert "Nothing was handed in." in sheet and "– of 10 points" in sheet
    notes = (written / "gradebook.csv").read_text("utf-8-sig").splitlines()[8]
    (told,) = (written / "gradescope").glob(f"{sheet_name(row)[:-5]}.json")
    junit = (written / "junit.xml").read_text("utf-8")
    texts = [sheet, notes, told.read_text("utf-8"), junit, (written / "class.html").read_text()]
    assert all(said in text for text in texts)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "|x", "%x"])
def test_no_cell_is_a_formula(value: str) -> None:
    """What a spreadsheet would run begins with an apostrophe; other words stay as they are."""
    assert safe(value) == f"'{value}"
    assert safe("Zoë - 2") == "Zoë - 2"


def test_tables_hold_everybody_once(written: Path) -> None:
    """The gradebook has a line for each; imports leave out who has no mark."""
    tables = {
        name: list(csv.reader(io.StringIO((written / name).read_text("utf-8-sig"))))
        for name in ("gradebook.csv", "moodle.csv", "canvas.csv")
    }
    assert [line[2] for line in tables["gradebook.csv"][1:]] == [str(n) for n in range(len(NAMES))]
    formula = next(line for line in tables["gradebook.csv"] if "Bobby" in line[1])
    assert formula[1].startswith("'=")
    grades = {line[0]: line[2] for line in tables["moodle.csv"][1:]}
    assert grades["Participant 0"] == "15"
    assert grades["Participant 1"] == "8"  # five and five, late
    assert "Participant 2" not in grades  # nothing handed in is no mark of 0
    assert grades["Participant 3"] == ""  # not graded yet
    points = {line[2]: line[-3] for line in tables["gradebook.csv"][1:]}
    assert [points[n] for n in ("0", "2", "3")] == ["15", "", ""]
    assert tables["canvas.csv"][1][-1] == "20"


#: What Gradescope documents of results.json, as far as it is used.
GRADESCOPE = {
    "type": "object",
    "required": ["score", "tests"],
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "score", "max_score", "status"],
                "properties": {
                    "status": {"enum": ["passed", "failed"]},
                    "visibility": {
                        "enum": ["hidden", "after_due_date", "after_published", "visible"]
                    },
                },
            },
        },
    },
}


def test_other_programs_can_read_it(written: Path) -> None:
    """Gradescope, Classroom 50 and JUnit have the keys that they document, and sums that agree."""
    files = sorted((written / "gradescope").iterdir())
    assert len(files) == 9  # one is on the list alone
    for file in files:
        jsonschema.validate(json.loads(file.read_bytes()), GRADESCOPE)
    for file in (written / "classroom50").iterdir():
        told = json.loads(file.read_bytes())
        assert told["schema"] == "classroom50/result/v1"
        assert told["score"] == sum(test["score"] for test in told["tests"])
        assert told["max-score"] == sum(test["max-score"] for test in told["tests"]) == 20
        assert all(told[key] for key in ("classroom", "assignment", "submission", "commit"))
        assert {"misconception", "hint", "lesson"} <= told["tests"][0].keys()
    root = ElementTree.parse(written / "junit.xml").getroot()
    assert [len(root.findall(f".//{kind}")) for kind in ("failure", "error", "skipped")] == [
        6,
        4,
        6,
    ]


def test_nothing_stays_of_who_is_gone(book: Gradebook, catalog: Catalog, tmp_path: Path) -> None:
    """A gradebook that is written again holds those who are in it, and what a teacher put there."""
    write_gradebook(book, tmp_path, catalog)
    (tmp_path / "learners" / "notes.html").touch()
    before = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    write_gradebook(replace(book, rows=book.rows[1:]), tmp_path, catalog)
    gone = before - {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    name = Path(sheet_name(book.rows[0])).stem
    folders = {"learners": "html", "gradescope": "json", "classroom50": "json"}
    assert gone == {Path(folder) / f"{name}.{end}" for folder, end in folders.items()}


def test_what_was_not_handed_in_is_no_misconception(book: Gradebook) -> None:
    """Beliefs are ranked by learners; rates and points count those alone who handed in."""
    first, second = ranked_beliefs(book)
    assert (first.id, len(first.rows), second.id, len(second.rows)) == (
        *(BELIEF, 4),
        *("exit-0-means-applied", 2),
    )
    assert {(rate.passed, rate.made) for rate in rates(book, "rename-a-column")} == {(0, 4), (4, 4)}
    assert sum(distribution(book)) == 6  # two of eight were not graded


def test_slides_hold_every_question_and_keep_the_answer_closed(
    catalog: Catalog, tmp_path: Path
) -> None:
    """A slide for each question of the lesson; every reason stands behind its answer's letter."""
    out = tmp_path / "slides.html"
    done = Remodel(tmp_path)("class", "slides", "5", "--out", str(out), REMODEL_COURSE=str(ROOT))
    assert done.returncode == 0, done.stderr
    page = out.read_text("utf-8")
    questions = read_quiz(catalog.lesson("5").quiz)
    assert page.count('<section class="slide">') == len(questions) + 1
    assert page.count("<details>") == len(questions) and "<details open" not in page
    assert page.count("Right. ") == sum(o.right for q in questions for o in q.options)
    assert "<script" not in page and "://" not in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_the_pages(
    written: Path, catalog: Catalog, scheme: Literal["light", "dark"]
) -> None:
    """class.html and a sheet are accessible, fit a phone, and ask for no other file."""
    if debian.executable() is None:
        missing("no Chromium on PATH: apt-get install chromium")
    failing = next(p for p in (written / "learners").iterdir() if p.name.startswith("Anna"))
    with debian.chromium() as chrome:
        window = chrome.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
        asked: list[str] = []
        window.on("request", lambda request: asked.append(request.url))
        deck = written / "slides.html"
        lesson = catalog.lesson("5")
        deck.write_text(slides(lesson, read_quiz(lesson.quiz)), "utf-8")
        for page in (written / "class.html", failing, deck):
            window.goto(page.as_uri())
            window.locator("summary").evaluate_all("all => all.forEach(s => s.click())")
            against = Axe().run(window).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"][:90]) for v in against] == []
            wide = "document.documentElement.scrollWidth <= innerWidth"
            assert window.evaluate(wide), page.name
        assert len(asked) == 3
        paper = chrome.new_page()
        paper.goto((written / "class.html").as_uri())
        shown = "all => all.map(each => each.lastElementChild.checkVisibility())"
        who, others = paper.locator(".card details"), paper.locator("main > details")
        assert others.count() == len(SLUGS) and not any(who.evaluate_all(shown))
        paper.emulate_media(media="print")
        assert all(who.evaluate_all(shown)) and not any(others.evaluate_all(shown))
