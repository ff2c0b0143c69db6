"""The line above a lesson or an exercise: where it stands in the course, and what goes with it."""

from collections.abc import Iterator

from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from remodel.course.catalog import Catalog
from remodel.course.lesson import Lesson
from remodel.servers.kinds import KINDS
from remodel.site.diagrams.sources import drawing

#: From the page of an exercise or of a lesson to the top of the site.
FROM_EXERCISE, FROM_LESSON = "../../../", "../../"
#: Between two things of a line. No line begins with it.
DOT = "\u00a0· "


def about_lesson(catalog: Catalog, number: str) -> Iterator[str]:
    """The house as it stands, the lesson's number, level and minutes, and where to practise."""
    lesson = catalog.lesson(number)
    yield from (drawing(catalog, lesson, FROM_LESSON), "")
    core = catalog.core_minutes(lesson.name)
    heading = slugify(f"{lesson.number}. {lesson.title}", "-")
    yield DOT.join(
        (
            f"Lesson {lesson.number} of {len(catalog.lessons)}",
            lesson.level,
            f"{lesson.minutes.teaching} minutes to read, {core} to practise",
            *(
                f"[{name}]({FROM_LESSON}{page}#{heading})"
                for name, page in _beside(catalog, lesson).items()
            ),
        )
    )
    yield "{ .page-about }"


def more_of_lesson(catalog: Catalog, number: str) -> Iterator[str]:
    """Which lesson a further page of it belongs to; the page lies beside the lesson's own."""
    lesson = catalog.lesson(number.partition(".")[0])
    place = f"[Lesson {lesson.number}: {lesson.title}]({lesson.page.name})"
    yield DOT.join((place, lesson.level))
    yield "{ .page-about }"


def numbered(heading: str, number: str) -> str:
    """The first heading of a lesson's page with the lesson's number; links to it still hold."""
    title = heading.removeprefix("# ").strip()
    return f"# {number}. {title} {{ #{slugify(title, '-')} }}"


def _beside(catalog: Catalog, lesson: Lesson) -> dict[str, str]:
    """The pages that have a section for the lesson, by the words that lead there."""
    having = {
        "Exercises": any(each.lesson == lesson.name for each in catalog.exercises.values()),
        "Questions": lesson.quiz.exists(),
        "Cards": lesson.cards.exists(),
    }
    pages = {"Exercises": "exercises/README.md", "Questions": "quizzes.md", "Cards": "cards.md"}
    return {name: page for name, page in pages.items() if having[name]}


def about_exercise(catalog: Catalog, slug: str) -> Iterator[str]:
    """The exercise's lesson, track and minutes, and which one of all it is."""
    exercise = catalog.exercise(slug)
    lesson = catalog.lessons[exercise.lesson]
    number = list(catalog.exercises).index(slug) + 1
    page = f"{FROM_EXERCISE}{catalog.layout.relative(lesson.page)}"
    yield DOT.join(
        (
            f"[Lesson {lesson.number}: {lesson.title}]({page})",
            f"{exercise.track} track",
            f"{exercise.minutes} minutes",
            *(f"needs {KINDS[d].name}" for d in (exercise.database,) if d in KINDS),
            f"exercise {number} of {len(catalog.exercises)}",
        )
    )
    yield "{ .page-about }"
