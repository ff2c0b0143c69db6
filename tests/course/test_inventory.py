"""The inventory asks twelve ideas twice, and says what was gained of what could be gained."""

from datetime import date

import pytest

from remodel.course.catalog import find_course
from remodel.course.families import Families
from remodel.course.inventory import Asked, Idea, InventoryAnswers, When, gains, read_inventory
from remodel.experiments.questions.drawing import draw

COURSE = find_course()
IDEAS = read_inventory(COURSE.layout)
FAMILIES = Families(COURSE)
ONE = Idea("An idea", "stamp", 1, 2)


def asked(before: str, after: str | None = None) -> Asked:
    """What one learner answered to the one idea."""
    answers: dict[When, str | None] = {"before": before, "after": after}
    return {
        when: InventoryAnswers(date(2026, 1, 1), {"stamp": answer})
        for when, answer in answers.items()
        if answer is not None
    }


@pytest.mark.parametrize("idea", IDEAS, ids=lambda idea: idea.family)
def test_both_times_ask_for_the_same_beliefs_with_another_question(idea: Idea) -> None:
    """Otherwise the two could not be compared."""
    before, after = (draw(FAMILIES, idea.family, idea.seed(when)) for when in ("before", "after"))
    assert set(before.beliefs) == set(after.beliefs) and len(before.options) >= 3
    assert before.blocks != after.blocks
    reasons = [{each.why for each in draw.options if each.right} for draw in (before, after)]
    assert reasons[0] == reasons[1], "two kinds of draw"


def test_there_are_twelve_ideas_over_lessons_4_to_7() -> None:
    """One for each of the beliefs that cost most."""
    lessons = {FAMILIES.by_name[idea.family].lesson[:2] for idea in IDEAS}
    assert len(IDEAS) == 12 and lessons == {"04", "05", "06", "07"}


def test_the_gain_is_a_part_of_what_could_be_gained() -> None:
    """Of two who did not know it one knows it now; who was asked once is left out."""
    class_ = [
        asked(before="x", after=""),
        asked(before="x", after="y"),
        asked(before="", after=""),
        asked(before=""),
    ]
    (gain,) = gains([ONE], class_)
    assert (gain.learners, gain.before, gain.after, gain.gain) == (3, 1, 2, 0.5)
    assert gain.beliefs_left == {"y": 1}


def test_where_all_knew_it_before_there_was_nothing_to_gain() -> None:
    """And a class that forgets has a gain below 0."""
    (gain,) = gains([ONE], [asked(before="", after="")])
    assert gain.gain is None
    (gain,) = gains([ONE], [asked(before="", after="x"), asked(before="x", after="x")])
    assert gain.gain == -1
