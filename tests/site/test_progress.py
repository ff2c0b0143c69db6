"""What the site counts is what the course has, and no page says more of it than there is."""

import json
import re

from remodel.course.activities import Activities, of_pages
from remodel.course.catalog import find_course
from remodel.course.myths import read_myths
from remodel.course.quiz import read_quiz
from remodel.site.activities_script import activities_script

COURSE = find_course()
PAGES = of_pages(COURSE)


def ids(kind: str) -> list[str]:
    """All ids of a kind, on all pages."""
    return [name for each in PAGES.values() for name in getattr(each, kind)]


def test_everything_that_the_course_has_is_counted_once() -> None:
    """Exercises, questions, myths and cards: each is on one page, and nothing else is."""
    questions = [each.id for lesson in COURSE.lessons.values() for each in read_quiz(lesson.quiz)]
    myths = [question.id for question, _ in read_myths(COURSE)]
    assert sorted(ids("core") + ids("more")) == sorted(COURSE.exercises)
    assert sorted(ids("questions")) == sorted(questions + myths)
    for kind in Activities.__struct_fields__:
        assert len(ids(kind)) == len(set(ids(kind))) > 0, kind


def test_every_stepper_is_counted_where_it_is_shown() -> None:
    """Those of the lessons, and that of the mental model; the home page repeats one."""
    recorded = {file.stem for file in COURSE.layout.transcripts.glob("film-*.json")}
    assert set(ids("films")) == recorded
    assert PAGES["mental-model/"].films


def test_the_script_of_the_site_says_the_same_in_few_bytes() -> None:
    """What the browser reads is what the course has, and it is up to date."""
    ((place, text),) = activities_script(COURSE).items()
    assert place.read_text(encoding="utf-8") == text
    literal = re.fullmatch(r"/\*.*?\*/\nwindow\.\w+ = (\{.*\});\n", text, re.DOTALL)
    assert literal
    read = json.loads(literal[1])
    assert {page: set(kinds) for page, kinds in read.items()} == {
        page: {kind for kind in Activities.__struct_fields__ if getattr(each, kind)}
        for page, each in PAGES.items()
    }
    assert len(text.encode()) < 8 * 1024


def test_the_days_of_the_cards_are_the_same_in_each_script() -> None:
    """progress.js derives from them when a card was asked for, as cards.js and the terminal do."""
    days = {
        re.findall(r"const DAYS = (\[.*?\])", (COURSE.layout.docs / "assets" / name).read_text())[0]
        for name in ("cards.js", "progress.js")
    }
    assert len(days) == 1
