"""Cards come back in a terminal on the days on which they come back on the site."""

import json
import re
from datetime import date, timedelta

import pytest

from remodel.course.cards import read_cards
from remodel.course.catalog import find_course
from remodel.playground.recall import DAYS, NEW, CardMemory, after
from tests.conftest import ROOT, Remodel

TODAY = date(2026, 2, 27)
CARDS = read_cards(find_course().lesson("1").cards)


def test_the_days_are_those_of_the_site() -> None:
    """One rule in two languages: the numbers are compared with those of the script."""
    script = (ROOT / "docs" / "assets" / "cards.js").read_text(encoding="utf-8")
    (days,) = re.findall(r"const DAYS = \[([\d, ]+)\]", script)
    assert tuple(map(int, days.split(","))) == DAYS


def test_what_is_known_waits_longer_each_time_and_what_is_not_begins_again() -> None:
    """1, 2, 4, 8, 16 and 16 days; after a miss it is today's, then tomorrow's."""
    memory, waits = NEW, []
    for _ in range(6):
        memory = after(memory, True, TODAY)
        waits.append((date.fromisoformat(memory.due) - TODAY).days)
    assert waits == [1, 2, 4, 8, 16, 16]
    memory = after(memory, False, TODAY)
    assert memory.is_due(TODAY)
    assert after(memory, True, TODAY).due == "2026-02-28"


@pytest.mark.parametrize(("days", "due"), [(-1, True), (0, True), (1, False)])
def test_a_card_is_due_from_its_day_on(days: int, due: bool) -> None:
    """The day before, it is not asked for."""
    assert CardMemory(2, (TODAY + timedelta(days)).isoformat()).is_due(TODAY) is due


def test_a_new_card_is_due() -> None:
    """It was never asked for."""
    assert NEW.is_due(TODAY)


def test_cards_are_asked_in_the_terminal_and_come_back(remodel: Remodel) -> None:
    """The first is not known and comes again after the last; on the same day none is left then."""
    asked = remodel("cards", "1", typed="\nn\n" + "\ny\n" * len(CARDS))
    assert asked.returncode == 0, asked.stderr
    said = " ".join(asked.stdout.split())
    assert said.startswith(f"{len(CARDS)} cards are left for today")
    fronts = [said.index(" ".join(card.front.split())) for card in CARDS]
    assert fronts == sorted(fronts)
    assert said.count(" ".join(CARDS[0].front.split())) == 2
    assert said.count("It comes back today.") == 1
    assert said.count("It comes back in 1 day.") == len(CARDS)
    again = remodel("cards", "1")
    assert again.stdout.startswith("That is all for today. The next card comes back on 20")


def test_without_a_lesson_what_is_due_is_asked_and_the_first_screen_says_how_much(
    remodel: Remodel,
) -> None:
    """Two cards of those that were met come back today, one does not."""
    record = remodel.course / "playground" / "progress.json"
    record.parent.mkdir(exist_ok=True)
    due = {card.id: {"box": 1, "due": "2026-01-01"} for card in CARDS[:2]}
    later = {CARDS[2].id: {"box": 1, "due": "2999-01-01"}}
    record.write_text(json.dumps({"cards": due | later}), encoding="utf-8")
    assert "remodel cards: 2 come back today" in remodel().stdout
    asked = remodel("cards", typed="\ny\n\ny\n")
    assert asked.stdout.startswith("2 cards are left for today")
    assert "That is all for today." in asked.stdout
    assert "come back today" not in remodel().stdout


def test_whoever_leaves_keeps_what_was_answered(remodel: Remodel) -> None:
    """The end of the input ends it politely, and the answered card is not asked again today."""
    left = remodel("cards", "1", typed="\ny\n")
    assert left.returncode == 0
    assert left.stdout.endswith("Until next time.\n")
    again = remodel("cards", "1", typed="").stdout
    assert again.startswith(f"{len(CARDS) - 1} cards are left for today")


def test_the_ids_of_cards_are_different_in_all_lessons() -> None:
    """A card is remembered by its id alone."""
    lessons = find_course().lessons.values()
    ids = [card.id for lesson in lessons for card in read_cards(lesson.cards)]
    assert len(ids) == len(set(ids))
