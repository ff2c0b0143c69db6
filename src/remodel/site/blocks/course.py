"""Blocks of cog about the course as a whole: ways through it, time it takes, how to play."""

from collections.abc import Callable, Iterator

from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from remodel.course.activities import of_lesson
from remodel.course.cards import read_cards
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.families import Families
from remodel.course.layout import PAGE
from remodel.course.lesson import Lesson
from remodel.course.quiz import read_quiz


def ways(catalog: Catalog, folder: str) -> Iterator[str]:
    """A table: what each lesson offers of the nine ways, with links and minutes."""
    yield from (
        "| Lesson | Minutes | Questions | Exercises | To repair | Notebook | Cards |",
        "|---|--:|--:|--:|--:|---|--:|",
    )
    for lesson in catalog.lessons.values():
        exercises = exercises_of(catalog, lesson)
        cells = (
            f"{lesson.number}. [{lesson.title}]({folder}/{lesson.name}/README.md)",
            f"{lesson.minutes.teaching} + {catalog.core_minutes(lesson.name)}",
            str(len(_questions(lesson))),
            str(len(exercises)),
            str(sum(each.drill for each in exercises)),
            "yes" if (catalog.layout.notebooks / f"{lesson.name}.ipynb").exists() else "–",
            str(_cards(lesson)),
        )
        yield f"| {' | '.join(cells)} |"


def progress_table(catalog: Catalog, folder: str) -> Iterator[str]:
    """A table: how much there is to do in each lesson, in the order of `Activities`."""
    yield "| Lesson | Core exercises | More | Questions | Steppers | Cards |"
    yield "|---|--:|--:|--:|--:|--:|"
    for lesson in catalog.lessons.values():
        each = of_lesson(catalog, lesson)
        kinds = (each.core, each.more, each.questions, each.films, each.cards)
        numbers = (str(len(ids)) if ids else "–" for ids in kinds)
        title = f"{lesson.number}. [{lesson.title}]({folder}/{lesson.name}/README.md)"
        yield f"| {title} | {' | '.join(numbers)} |"


def teaching(catalog: Catalog, folder: str) -> Iterator[str]:
    """A table for instructors: each lesson's plan, its time, and its core exercises."""
    yield from ("| Lesson | Plan | Teaching | Core exercises |", "|---|---|--:|--:|")
    for lesson in catalog.lessons.values():
        plan = catalog.layout.teaching_plans / f"{lesson.name}.md"
        link = f"[plan]({plan.name})" if plan.exists() else "–"
        title = f"{lesson.number}. [{lesson.title}]({folder}/{lesson.name}/README.md)"
        core = catalog.core_minutes(lesson.name)
        yield f"| {title} | {link} | {lesson.minutes.teaching} min | {core} min |"


def drills(catalog: Catalog, folder: str) -> Iterator[str]:
    """A list of the exercises that begin with something broken."""
    for lesson in catalog.lessons.values():
        for each in exercises_of(catalog, lesson, lambda one: one.drill):
            link = f"{folder}/{each.lesson}/{each.slug}/README.md"
            yield f"- Lesson {lesson.number}: [{each.title}]({link}), {each.minutes} minutes"


def play(catalog: Catalog, lesson: Lesson) -> Iterator[str]:
    """The lines to type that lay a lesson's app out, as it ends, and run it."""
    made = "flask db upgrade" if lesson.number > 2 else "flask init-db"
    place = catalog.layout.relative(catalog.layout.played(lesson.number, end=True))
    laid_out = (f"$ remodel play {lesson.number} --end", f"$ cd {place}")
    yield from ("```console", *laid_out, f"$ {made}", "$ flask furnish", "$ flask run", "```")


def exercises_of(
    catalog: Catalog, lesson: Lesson, suits: Callable[[Exercise], bool] = lambda one: True
) -> list[Exercise]:
    """The exercises of one lesson in their order, those that `suits` takes."""
    return [e for e in catalog.exercises.values() if e.lesson == lesson.name and suits(e)]


def _questions(lesson: Lesson) -> list[object]:
    return list(read_quiz(lesson.quiz)) if lesson.quiz.exists() else []


def _cards(lesson: Lesson) -> int:
    return len(read_cards(lesson.cards)) if lesson.cards.exists() else 0


def beliefs_list(catalog: Catalog, lessons: str, exercises: str) -> Iterator[str]:
    """Every belief, what is so instead, and where to read and to do it."""
    yield from ('<details markdown="1">', "<summary>All that these questions ask for</summary>", "")
    for name, belief in Families(catalog).beliefs.items():
        exercise = catalog.exercise(belief.exercise)
        page = f"{lessons}/{belief.lesson}/{PAGE}#{slugify(belief.heading, '-')}"
        task = f"{exercises}/{exercise.lesson}/{exercise.slug}/{PAGE}"
        yield (
            f'- <span data-belief="{name}"></span>“{belief.believes}” It is not so. '
            f"{belief.reality} Read [{belief.heading}]({page}), do [{exercise.title}]({task})."
        )
    yield from ("", "</details>")
