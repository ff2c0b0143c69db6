"""Blocks of cog about the course as a whole: ways through it, time it takes, how to play."""

import tomllib
from collections.abc import Callable, Iterator

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise, Lesson
from remodel.course.quiz import read_quiz


def ways(catalog: Catalog, folder: str) -> Iterator[str]:
    """A table: what each lesson offers of the nine ways, with links and minutes."""
    yield from (
        "| Lesson | Minutes | Questions | Exercises | To mend | Notebook | Cards |",
        "|---|--:|--:|--:|--:|---|--:|",
    )
    for lesson in catalog.lessons.values():
        exercises = exercises_of(catalog, lesson)
        cells = (
            f"{lesson.number}. [{lesson.title}]({folder}/{lesson.name}/README.md)",
            f"{lesson.minutes['teaching']} + {catalog.core_minutes(lesson.name)}",
            str(len(_questions(lesson))),
            str(len(exercises)),
            str(sum(each.drill for each in exercises)),
            "yes" if (catalog.root / "notebooks" / f"{lesson.name}.ipynb").exists() else "–",
            str(_count(lesson, "cards.toml", "card")),
        )
        yield f"| {' | '.join(cells)} |"


def teaching(catalog: Catalog, folder: str) -> Iterator[str]:
    """A table for instructors: each lesson's plan, its time, and its core exercises."""
    yield from ("| Lesson | Plan | Teaching | Core exercises |", "|---|---|--:|--:|")
    for lesson in catalog.lessons.values():
        plan = catalog.root / "docs" / "teach" / f"{lesson.name}.md"
        link = f"[plan]({plan.name})" if plan.exists() else "–"
        title = f"{lesson.number}. [{lesson.title}]({folder}/{lesson.name}/README.md)"
        core = catalog.core_minutes(lesson.name)
        yield f"| {title} | {link} | {lesson.minutes['teaching']} min | {core} min |"


def drills(catalog: Catalog, folder: str) -> Iterator[str]:
    """A list of the exercises that begin with something broken."""
    for lesson in catalog.lessons.values():
        for each in exercises_of(catalog, lesson, lambda one: one.drill):
            link = f"{folder}/{each.lesson}/{each.slug}/README.md"
            yield f"- Lesson {lesson.number}: [{each.title}]({link}), {each.minutes} minutes"


def play(lesson: Lesson) -> Iterator[str]:
    """The lines to type that run a lesson's app where it lies."""
    made = "flask db upgrade" if lesson.number > 2 else "flask init-db"
    lines = (f"$ cd lessons/{lesson.name}", f"$ {made}", "$ flask furnish", "$ flask run")
    yield from ("```console", *lines, "```")


def exercises_of(
    catalog: Catalog, lesson: Lesson, wanted: Callable[[Exercise], bool] = lambda one: True
) -> list[Exercise]:
    """The exercises of one lesson in their order, those that are `wanted`."""
    return [e for e in catalog.exercises.values() if e.lesson == lesson.name and wanted(e)]


def _questions(lesson: Lesson) -> list[object]:
    file = lesson.path / "quiz.toml"
    return list(read_quiz(file)) if file.exists() else []


def _count(lesson: Lesson, file: str, key: str) -> int:
    place = lesson.path / file
    return len(tomllib.loads(place.read_text(encoding="utf-8"))[key]) if place.exists() else 0
