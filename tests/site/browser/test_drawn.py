"""Drawn questions on a lesson's page: by keyboard, without JavaScript, and what they show."""

import json
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from remodel.course.catalog import find_course
from remodel.course.drawn import DrawnQuestion, read_drawn
from remodel.playground.believing import GAP, HALF_LIFE, REJECTED
from tests.site.browser.conftest import Visitor, Windows, open_folds

pytestmark = pytest.mark.xdist_group("site")
LESSON = "04-creating-and-applying"
PAGE = f"lessons/{LESSON}/"
DRAWN = "details:has(> form.drawn)"
COURSE = find_course()


def drawn(lesson: str) -> list[DrawnQuestion]:
    """What stands on the page of a lesson."""
    return read_drawn(COURSE.layout.drawn(lesson))


FIRST, *OTHERS = drawn(LESSON)
#: The page of one lesson at every change, the others at night.
every_lesson = pytest.mark.parametrize(
    "lesson",
    [
        pytest.param(
            name, marks=[] if name == LESSON else [pytest.mark.slow, pytest.mark.nightly], id=name
        )
        for name in COURSE.lessons
        if COURSE.layout.drawn(name).is_file()
    ],
)
BELIEF = next(option.belief for option in FIRST.options if not option.right)
#: The next question in which whoever believes the same would choose something wrong.
SECOND = next(q for q in OTHERS if BELIEF in q.beliefs)


def opened(page: Page, question: DrawnQuestion) -> Locator:
    """The form of a question, all folds around it opened."""
    open_folds(page)
    return page.locator(f"#drawn-{question.id}")


def choose(page: Page, form: Locator, question: DrawnQuestion, right: bool) -> None:
    """Choose an option by keyboard alone."""
    place = [option.right for option in question.options].index(right)
    form.locator("input").first.focus()
    page.keyboard.press("Space")
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def beliefs(page: Page) -> dict[str, float]:
    """The scores that the browser keeps."""
    kept = json.loads(page.evaluate("localStorage.getItem('remodel:progress')") or "{}")
    return {name: memory["score"] for name, memory in kept.get("beliefs", {}).items()}


def test_a_wrong_answer_shows_its_belief_and_a_right_one_later_takes_it_away(
    visitor: Visitor,
) -> None:
    """The page of the progress names it meanwhile; a second try at one form counts for nothing."""
    page = visitor.goto(PAGE)
    form = opened(page, FIRST)
    choose(page, form, FIRST, right=False)
    assert "Behind it stands a belief" in form.locator("[role=status]").inner_text()
    choose(page, form, FIRST, right=True)
    assert beliefs(page) == {BELIEF: 1.0}

    assert visitor.goto("progress/").locator(".done-list li").count() == 1
    page.clock.set_fixed_time(datetime.now() + timedelta(GAP))
    page = visitor.goto(PAGE)
    choose(page, opened(page, SECOND), SECOND, right=True)
    assert beliefs(page) == {BELIEF: round(REJECTED * 0.5 ** (GAP / HALF_LIFE), 3)}
    assert visitor.goto("progress/").locator(".done-list").count() == 0
    assert visitor.errors == []


@every_lesson
def test_all_folds_open_are_read_without_a_mouse_and_fit_a_phone(
    lesson: str, windows: Windows
) -> None:
    """No fault that axe finds, and nothing to scroll sideways for."""
    visitor = windows(viewport={"width": 360, "height": 740})
    page = visitor.goto(f"lessons/{lesson}/")
    for question in drawn(lesson):
        opened(page, question)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Of the page as a whole, at the width of a desk, test_accessibility.py asks.
    found = Axe().run(page, context=DRAWN).response["violations"]
    assert [node["html"] for each in found for node in each["nodes"]] == []


def test_a_page_is_without_what_its_folds_hold_until_they_are_opened(visitor: Visitor) -> None:
    """Four in ten elements of a long lesson. Where the theme swaps the page in, all works too."""
    page = visitor.goto(PAGE)
    assert page.locator("details > noscript").count() > len({each.family for each in OTHERS})
    assert page.locator("form.drawn").count() == 0
    visitor.goto("lessons/").locator(f"article a[href*='{LESSON}']").first.click()
    page.locator("form.quiz[data-ready]").first.wait_for()
    form = opened(page, FIRST)
    choose(page, form, FIRST, right=True)
    assert "Right" in form.locator("[role=status]").inner_text()
    assert visitor.errors == []


def test_on_paper_there_is_one_question_of_each_family(windows: Windows) -> None:
    page = windows().goto(PAGE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    printed = page.locator("form.drawn:visible")
    families = printed.evaluate_all("all => all.map(each => each.dataset.family)")
    assert sorted(families) == sorted({each.family for each in [FIRST, *OTHERS]})


def test_without_javascript_question_options_and_reasons_can_be_read(windows: Windows) -> None:
    """The folds are the browser's own."""
    page = windows(java_script_enabled=False).page
    page.goto(windows().base + PAGE)
    fold = page.locator(f"details:has(#drawn-{FIRST.id})").last
    fold.locator("summary").first.click()
    form = page.locator(f"#drawn-{FIRST.id}")
    assert form.locator("input").count() == len(FIRST.options)
    form.locator("summary").click()
    reasons = form.locator("ol").inner_text()
    assert reasons.count("Not this one. Behind it stands a belief") == len(FIRST.options) - 1
    assert reasons.count("Right.") == 1
