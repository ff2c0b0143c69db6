"""The pages of docs/mistakes: every wrong answer, and where it differs from the solution."""

import html
import re
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer_toml import read_answer_toml
from remodel.site.blocks.mistakes import MOST_LINES, mistakes

COURSE = find_course()
FOLD = re.compile(r"<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)


def folds(lesson: str) -> list[tuple[str, str]]:
    """What each fold of a lesson's page is called, and what is in it."""
    return FOLD.findall("\n".join(mistakes(COURSE, COURSE.lessons[lesson], "../exercises")))


def wrong_answers(lesson: str) -> list[Path]:
    """The folders of the wrong answers to the exercises of a lesson."""
    places = [e.answers_path / "wrong" for e in COURSE.exercises.values() if e.lesson == lesson]
    return [folder for place in places for folder in sorted(place.iterdir())]


@pytest.mark.parametrize("lesson", list(COURSE.lessons))
def test_each_wrong_answer_has_its_fold(lesson: str) -> None:
    """It says what was done, which check refuses it, what is so instead, and where it differs."""
    answers = wrong_answers(lesson)
    for folder, (what, inside) in zip(answers, folds(lesson), strict=True):
        settings = read_answer_toml(folder)
        assert html.unescape(re.sub("</?code>", "`", what)) == settings.what
        assert f"`{settings.test}`" in inside
        assert COURSE.misconceptions[settings.misconception] in inside
        assert "```diff" in inside or "It differs from the solution in" in inside


def test_a_mistake_is_shown_as_a_difference_from_the_solution() -> None:
    """What the solution has is taken out, what was done instead is put in."""
    shown = dict(folds("06-complex-changes"))["Left the downgrade empty."]
    assert "-        'furniture', 'label', new_column_name='name'," in shown
    assert "+    pass" in shown


@pytest.mark.xdist_group("site")
def test_what_a_fold_holds_waits_until_somebody_opens_it(site: Path) -> None:
    """A page has hundreds of them: what a browser lays out first are their titles alone."""
    text = (site / "mistakes/04-creating-and-applying/index.html").read_text(encoding="utf-8")
    article = text.partition("<article")[2].partition("</article>")[0]
    at_once = re.sub("<noscript>.*?</noscript>", "", article, flags=re.DOTALL)
    assert at_once.count("<summary>") == len(wrong_answers("04-creating-and-applying"))
    assert "Refused by" in article and "Refused by" not in at_once


def test_a_long_difference_is_named_and_not_shown() -> None:
    """The page stays readable: it says in how many lines, and where to read it."""
    long = [inside for _, inside in folds("03-setting-up") if "It differs" in inside]
    assert long
    for inside in long:
        ((lines, place),) = re.findall(r"in (\d+) lines: see `(.*)`", inside)
        assert int(lines) > MOST_LINES
        assert (COURSE.root / place).is_dir()
