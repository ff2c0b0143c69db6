"""Quizzes: by keyboard alone, again and again, over reloads, without JavaScript, and on paper."""

import pytest
from playwright.sync_api import Locator, Page

from tests.site.browser.conftest import Visitor, Windows

pytestmark = pytest.mark.xdist_group("site")
LESSON = "lessons/04-creating-and-applying/"
#: The one record, and where answers were kept before there was one.
KEY, OLD_KEY = "remodel:progress", "remodel:quiz:"


@pytest.fixture
def visitor(either: Visitor) -> Visitor:
    """Quizzes are answered in both browsers."""
    return either


def radios(form: Locator) -> Locator:
    return form.locator("input[type=radio]")


def status(form: Locator) -> str:
    return form.locator("[role=status]").inner_text()


def choose(page: Page, form: Locator, number: int) -> None:
    """Choose an option and check it, by keyboard alone."""
    radios(form).first.focus()
    page.keyboard.press("Space")
    for _ in range(number):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def right_option(form: Locator) -> int:
    place = form.locator(".quiz-option").evaluate_all(
        "options => options.findIndex(each => 'right' in each.dataset)"
    )
    return int(place)


def test_every_question_of_a_page_can_be_answered_by_keyboard(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    forms = page.locator("form.quiz").all()
    assert len(forms) == 6
    for form in forms:
        choose(page, form, right_option(form))
        assert form.locator("[data-marked=right]").count() == 1
        assert form.locator("details.quiz-reasons").get_attribute("open") is not None
    assert page.locator(".quiz-tally").inner_text().startswith("6 of 6")
    assert visitor.errors == []


def test_choosing_is_not_submitting(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    form = page.locator("form.quiz").nth(1)
    radios(form).first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert status(form) == ""


def test_a_check_without_a_choice_asks_for_one(visitor: Visitor) -> None:
    form = visitor.goto(LESSON).locator("form.quiz").nth(1)
    form.get_by_role("button", name="Check").click()
    assert "Choose an option" in status(form)


def test_trying_again_is_offered_after_an_answer_alone(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    form = page.locator("form.quiz").nth(1)
    again = form.get_by_role("button", name="Try again")
    assert again.count() == 0
    choose(page, form, 0)
    assert again.is_visible()


def test_a_wrong_answer_gets_its_own_reason_and_another_try(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    form = page.locator("form.quiz").nth(1)
    right = right_option(form)
    wrong = next(n for n in range(3) if n != right)
    choose(page, form, wrong)
    reason = form.locator(".quiz-reasons li").nth(wrong).locator("p").last.text_content() or ""
    assert status(form).startswith("✗ Not this one.")
    assert reason.removeprefix("Not this one. ") in status(form)
    assert form.locator("details.quiz-reasons").get_attribute("open") is None
    choose(page, form, right)
    assert status(form).startswith("✓ Right.")
    assert form.locator("[data-marked=wrong]").count() == 0


def test_a_prediction_hears_what_happens_and_is_never_called_wrong(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    form = page.locator("form.quiz[data-kind=predict]").first
    happens = right_option(form)
    text = form.locator("label").nth(happens).inner_text()
    reason = form.locator(".quiz-reasons li").nth(happens).locator("p").last.text_content() or ""
    choose(page, form, next(n for n in range(3) if n != happens))
    assert status(form).startswith(f"What happens: {text}")
    assert reason.removeprefix("Right. ") in status(form)
    assert form.locator("[data-marked=wrong]").count() == 0
    assert "your prediction" in form.locator("[data-marked=guess]").inner_text()
    assert form.locator("details.quiz-reasons").get_attribute("open") is not None
    choose(page, form, happens)
    assert status(form).startswith("✓ As you predicted.")
    assert reason.removeprefix("Right. ") in status(form)


def test_the_verdict_goes_when_another_option_is_chosen(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    form = page.locator("form.quiz").nth(1)
    right = right_option(form)
    choose(page, form, right)
    assert status(form).startswith("✓ Right.")
    radios(form).nth((right + 1) % 3).check()
    assert status(form) == ""
    assert form.locator("[data-marked]").count() == 0


def test_an_answer_survives_a_reload_until_it_is_taken_back(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    form = page.locator("form.quiz").nth(2)
    choose(page, form, right_option(form))
    name = form.get_attribute("data-question")
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('remodel:'))") == [KEY]
    record = page.evaluate("([key]) => JSON.parse(localStorage.getItem(key))", [KEY])
    assert list(record["questions"]) == [name]
    visitor.goto(LESSON)
    assert status(form).startswith("✓ Right.")
    assert page.locator(".quiz-tally").inner_text().startswith("1 of 6")
    form.get_by_role("button", name="Try again").click()
    assert radios(form).first.evaluate("each => each === document.activeElement")
    visitor.goto(LESSON)
    assert status(form) == ""
    assert form.locator("input:checked").count() == 0


def test_an_answer_whose_text_has_changed_is_forgotten(visitor: Visitor) -> None:
    page = visitor.goto(LESSON)
    name = page.locator("form.quiz").first.get_attribute("data-question")
    page.evaluate("([key]) => localStorage.setItem(key, 'of-old')", [f"{OLD_KEY}{name}"])
    page = visitor.goto(LESSON)
    assert page.locator("form.quiz input:checked").count() == 0
    assert visitor.errors == []


def test_a_quiz_works_after_instant_navigation(visitor: Visitor) -> None:
    page = visitor.goto_and_stay("")
    page.locator(f"article a[href*='{LESSON.split('/')[1]}']").first.click()
    page.wait_for_url(f"**/{LESSON}")
    form = page.locator("form.quiz[data-ready]").first
    form.wait_for()
    assert page.evaluate("window.stayed") is True
    choose(page, form, right_option(form))
    assert status(form).startswith("✓ As you predicted.")


def test_without_javascript_every_question_and_reason_can_be_read(windows: Windows) -> None:
    page = windows(java_script_enabled=False).page
    page.goto(windows().base + LESSON)
    for form in page.locator("form.quiz").all():
        assert not form.get_by_role("button", name="Check").is_visible()
        for summary in form.locator("summary").all():
            summary.click()
        for reason in form.locator("[data-reason]").all():
            assert reason.is_visible()
        assert form.locator(".quiz-experiment pre").last.is_visible()


def test_on_paper_every_reason_shows_and_no_button(windows: Windows) -> None:
    page = windows().goto(LESSON)
    page.emulate_media(media="print")
    for form in page.locator("form.quiz").all():
        heights = form.locator("[data-reason]").evaluate_all(
            "all => all.map(each => each.checkVisibility({contentVisibilityAuto: true}) "
            "? each.getBoundingClientRect().height : 0)"
        )
        assert len(heights) >= 2 and min(heights) > 10
        assert not form.locator(".quiz-buttons").is_visible()
