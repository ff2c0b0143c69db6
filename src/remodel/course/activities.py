"""What there is to do, page by page: exercises, questions, steppers and cards, by their ids."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from remodel.course.cards import read_cards
from remodel.course.catalog import Catalog
from remodel.course.lesson import Lesson
from remodel.course.quiz import read_quiz

#: Where a page shows a film: the comment that the site turns into a stepper.
FILM = re.compile(r"<!-- stepper \S*/([\w-]+)\.json -->")


class Activities(msgspec.Struct, frozen=True):
    """The ids of what a page has to do, each in the order of the course."""

    #: Exercises: those to do first, and those for whoever wants more.
    core: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


def of_lesson(catalog: Catalog, lesson: Lesson) -> Activities:
    """What a lesson has to do, on all its pages, in the terminal and on the page of the cards."""
    exercises = [each for each in catalog.exercises.values() if each.lesson == lesson.name]
    return Activities(
        core=tuple(each.slug for each in exercises if each.track == "core"),
        more=tuple(each.slug for each in exercises if each.track != "core"),
        questions=_questions(lesson.quiz),
        films=_films(lesson.pages),
        cards=tuple(c.id for c in read_cards(lesson.cards)) if lesson.cards.exists() else (),
    )


def of_pages(catalog: Catalog) -> dict[str, Activities]:
    """The same by the addresses of the site: of the lessons, and of other pages that have some."""
    lessons = catalog.lessons.values()
    found = {
        f"{catalog.layout.relative(lesson.path)}/": of_lesson(catalog, lesson) for lesson in lessons
    }
    for page in sorted(catalog.layout.docs.glob("*.md")):
        if page.stem != "index" and (films := _films([page])):
            found[f"{page.stem}/"] = Activities(films=films)
    found[f"{catalog.layout.myths.stem}/"] = Activities(questions=_questions(catalog.layout.myths))
    return found


def _questions(bank: Path) -> tuple[str, ...]:
    return tuple(each.id for each in read_quiz(bank)) if bank.exists() else ()


def _films(pages: Iterable[Path]) -> tuple[str, ...]:
    texts = (page.read_text(encoding="utf-8") for page in pages if page.exists())
    return tuple(dict.fromkeys(name for text in texts for name in FILM.findall(text)))
