"""What a learner seems to believe: a chosen option speaks for it; days and right ones do not."""

from datetime import date, timedelta

from remodel.playground.believing import (
    GAP,
    HALF_LIFE,
    MOST,
    REJECTED,
    SEEMS,
    BeliefMemory,
    FamilyMemory,
    after_answer,
    seems,
)
from tests.conftest import ROOT

RULES = {"HALF_LIFE": HALF_LIFE, "REJECTED": REJECTED, "MOST": MOST, "SEEMS": SEEMS}
TODAY = date(2026, 2, 27)
SHOWN = ("fills", "zero")


def test_the_numbers_are_those_of_the_site() -> None:
    """One rule in two languages."""
    script = (ROOT / "docs" / "assets" / "progress.js").read_text(encoding="utf-8")
    for name, value in RULES.items():
        assert f"const {name} = {value:g};" in script


def test_a_chosen_option_shows_its_belief_and_no_other() -> None:
    """The option that was not chosen says nothing."""
    after = after_answer({}, SHOWN, ("fills",), TODAY)
    assert after == {"fills": BeliefMemory(1.0, TODAY)}
    assert seems(after, TODAY) == ["fills"]


def test_a_right_answer_speaks_against_what_was_believed() -> None:
    """After one wrong and one right answer it no longer seems so; an unknown one stays unknown."""
    after = after_answer({"fills": BeliefMemory(1.0, TODAY)}, SHOWN, (), TODAY)
    assert after == {"fills": BeliefMemory(0.4, TODAY)}
    assert seems(after, TODAY) == []


def test_another_wrong_answer_is_no_proof_against_a_belief() -> None:
    """Who chooses another wrong option keeps the first belief."""
    before = {"fills": BeliefMemory(1.0, TODAY)}
    after = after_answer(before, SHOWN, ("zero",), TODAY)
    assert after["fills"].score == after["zero"].score == 1.0


def test_a_belief_fades_and_never_grows_without_end() -> None:
    """A score is worth half after the half-life, and has a limit."""
    later = TODAY + timedelta(HALF_LIFE)
    assert BeliefMemory(3.0, TODAY).faded(later) == 1.5
    assert seems({"fills": BeliefMemory(0.9, TODAY)}, later) == []
    memories: dict[str, BeliefMemory] = {}
    for _ in range(9):
        memories = after_answer(memories, SHOWN, ("fills",), TODAY)
    assert memories["fills"].score == MOST


def test_a_clock_that_was_put_back_lets_nothing_grow() -> None:
    """A memory of tomorrow counts as one of today."""
    assert BeliefMemory(1.0, TODAY + timedelta(9)).faded(TODAY) == 1.0


def test_a_family_comes_back_after_the_same_days_each_time() -> None:
    """However often it was asked."""
    for asked in (1, 9):
        memory = FamilyMemory(asked, TODAY)
        assert not memory.is_due(TODAY + timedelta(GAP - 1))
        assert memory.is_due(TODAY + timedelta(GAP))
