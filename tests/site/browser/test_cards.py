"""Cards: by keyboard alone, spaced over days, kept in the browser, readable without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.site.browser.conftest import Visitor, Windows

pytestmark = pytest.mark.xdist_group("site")
CARDS = "cards/"
NOW = "2026-03-01T09:00:00"


@pytest.fixture
def deck(windows: Windows) -> Visitor:
    """The page of cards on the first of March."""
    visitor = windows()
    visitor.page.clock.set_fixed_time(NOW)
    visitor.goto(CARDS)
    return visitor


def status(page: Page) -> str:
    return page.locator(".deck-status").inner_text()


def memory(page: Page) -> list[dict[str, Any]]:
    stored: list[dict[str, Any]] = page.evaluate(
        "Object.values(JSON.parse(localStorage.getItem('remodel:progress') ?? '{}').cards ?? {})"
    )
    return stored


def answer(page: Page, button: str) -> None:
    """Turn the card and say how it went, by keyboard alone."""
    page.locator(".deck-turn").focus()
    page.keyboard.press("Enter")
    assert page.locator(".deck-back").is_visible()
    if button == "Again":
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == button
    page.keyboard.press("Enter")


def test_ten_cards_begin_on_a_day_and_all_of_a_lesson_that_is_chosen(deck: Visitor) -> None:
    page = deck.page
    count = page.locator("[data-card]").count()
    assert count > 20
    assert status(page) == f"10 cards are left for today, of {count}."
    for _ in range(10):
        answer(page, "I knew it")
    assert f"{count - 10} new cards follow, 10 a day." in status(page)
    deck.goto(CARDS)
    assert "all for today" in status(page)
    page.clock.set_fixed_time("2026-03-02T09:00:00")
    deck.goto(CARDS)
    assert status(page) == f"20 cards are left for today, of {count}."
    of_lesson = page.locator("table.cards").last.locator("[data-card]").count()
    page.locator(".deck-lesson").select_option(index=page.locator("table.cards").count())
    assert status(page) == f"{of_lesson} cards are left for today, of {of_lesson}."


def test_what_has_waited_longest_comes_first(deck: Visitor) -> None:
    page = deck.page
    first = page.locator(".deck-front").inner_text()
    answer(page, "Again")
    second = page.locator(".deck-front").inner_text()
    answer(page, "I knew it")
    page.clock.set_fixed_time("2026-03-05T09:00:00")
    deck.goto(CARDS)
    assert page.locator(".deck-front").inner_text() == first
    answer(page, "I knew it")
    assert page.locator(".deck-front").inner_text() == second


def test_a_key_says_how_it_went(deck: Visitor) -> None:
    page = deck.page
    page.locator(".deck-turn").focus()
    page.keyboard.press("k")  # nothing is asked before the answer is seen
    assert memory(page) == []
    page.keyboard.press("Enter")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    assert sorted(each["box"] for each in memory(page)) == [0, 1]


def test_a_known_card_comes_back_after_one_two_four_eight_and_sixteen_days(deck: Visitor) -> None:
    page = deck.page
    page.locator(".deck-lesson").select_option(index=1)
    for number, (today, due) in enumerate(
        [("01", "02"), ("02", "04"), ("04", "08"), ("08", "16")], start=1
    ):
        page.clock.set_fixed_time(f"2026-03-{today}T09:00:00")
        deck.goto(CARDS)
        answer(page, "I knew it")
        assert memory(page) == [{"box": number, "due": f"2026-03-{due}"}]
    page.clock.set_fixed_time("2026-03-16T09:00:00")
    deck.goto(CARDS)
    answer(page, "I knew it")
    assert memory(page) == [{"box": 5, "due": "2026-04-01"}]


def test_an_unknown_card_comes_back_today(deck: Visitor) -> None:
    page = deck.page
    first = page.locator(".deck-front").inner_text()
    before = status(page)
    answer(page, "Again")
    assert page.locator(".deck-front").inner_text() != first
    assert status(page) == f"It comes back today. {before}"
    assert memory(page) == [{"box": 0, "due": "2026-03-01"}]


def test_the_last_card_of_the_day_says_when_the_next_one_comes(deck: Visitor) -> None:
    page = deck.page
    page.locator(".deck-lesson").select_option(index=1)
    for _ in range(page.locator("table.cards").first.locator("[data-card]").count()):
        answer(page, "I knew it")
    assert "all for today. The next card comes back on 2026-03-02." in status(page)
    assert not page.locator(".deck-card").is_visible()
    deck.goto(CARDS)
    assert "all for today" in status(page)


def test_reset_forgets_the_cards_and_nothing_else(deck: Visitor) -> None:
    page = deck.page
    page.evaluate("localStorage.setItem('remodel:quiz:x', 'kept')")
    answer(page, "I knew it")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".deck-reset").click()
    assert memory(page) == []
    assert page.evaluate("localStorage.getItem('remodel:quiz:x')") == "kept"


def test_what_was_kept_before_there_was_one_record_is_taken_over_once(deck: Visitor) -> None:
    page = deck.page
    name = page.locator("[data-card]").first.get_attribute("data-card")
    old = '{"box":2,"due":"2026-03-04"}'
    page.evaluate("(items) => localStorage.setItem(...items)", [f"remodel:card:{name}", old])
    deck.goto(CARDS)
    assert memory(page) == [{"box": 2, "due": "2026-03-04"}]
    assert page.evaluate("([key]) => localStorage.getItem(key)", [f"remodel:card:{name}"]) is None


def test_a_memory_that_cannot_be_read_counts_as_none(deck: Visitor) -> None:
    page = deck.page
    name = page.locator("[data-card]").first.get_attribute("data-card")
    page.evaluate("([key]) => localStorage.setItem(key, '{broken')", [f"remodel:card:{name}"])
    deck.goto(CARDS)
    assert "left for today" in status(page)
    assert deck.errors == []


def test_without_javascript_both_sides_of_every_card_can_be_read(windows: Windows) -> None:
    visitor = windows(java_script_enabled=False)
    visitor.page.goto(visitor.base + CARDS)
    assert visitor.page.locator(".deck button").count() == 0
    for cell in visitor.page.locator("[data-card] td").all():
        assert cell.is_visible()


def test_on_paper_the_tables_stand_without_the_deck(deck: Visitor) -> None:
    deck.page.emulate_media(media="print")
    assert not deck.page.locator(".deck").is_visible()
    first = deck.page.locator("[data-card] td")
    front, back = first.nth(0).bounding_box(), first.nth(1).bounding_box()
    assert front and back
    assert front["y"] == back["y"] and front["x"] < back["x"]
