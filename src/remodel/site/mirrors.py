"""The site's page for each README of the course: its front matter, one include, and markers.

What the theme shows around a page (docs/theme) stands in the front matter, for it can read nothing
else of the course.
"""

from collections.abc import Iterator
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.lesson import Lesson
from remodel.site.front_matter import SEARCHED_LAST, FrontMatter, front_matter

#: Pages that lie elsewhere, besides the lessons and exercises: where the site has them, and what
#: they are about.
OTHERS = {
    "notebooks/README.md": ("notebooks/README.md", "A notebook for each lesson."),
    "CONTRIBUTING.md": (
        "contributing.md",
        "How to report, repair or add something, and the rules of the house.",
    ),
    "CHANGELOG.md": (
        "changelog.md",
        "What changed for those who learn, teach or grade with Remodel.",
    ),
}


def mirrored_pages(catalog: Catalog) -> dict[Path, str]:
    """The site's page for each README: one include, so that links hold in both places."""
    docs = catalog.layout.docs
    return {docs / page: text for page, text in _mirrors(catalog)}


def _mirrors(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for lesson in catalog.lessons.values():
        page = catalog.layout.relative(lesson.page)
        yield (
            page,
            _mirror(page, _of_lesson(catalog, lesson), f"<!-- about lesson {lesson.number} -->"),
        )
        for nth, further in enumerate(lesson.pages[1:], 1):
            page, number = catalog.layout.relative(further), f"{lesson.number}.{nth}"
            above = f"<!-- more of lesson {number} -->"
            yield page, _mirror(page, _of_further_page(lesson, number, further), above)
    for each in catalog.exercises.values():
        if each.page.exists():
            page = catalog.layout.relative(each.page)
            above, below = f"<!-- about exercise {each.slug} -->", f"<!-- answers {each.slug} -->"
            yield page, _mirror(page, _of_exercise(catalog, each), above, below)
    for page, (place, about) in OTHERS.items():
        if (catalog.root / page).exists():
            yield place, _mirror(page, {"description": about, "search": SEARCHED_LAST})


def _mirror(source: str, about: FrontMatter, above: str = "", below: str = "") -> str:
    parts = filter(None, (above, f'--8<-- "{source}"', below))
    return front_matter({**about, "source": source}) + "\n" + "\n\n".join(parts) + "\n"


def _of_lesson(catalog: Catalog, lesson: Lesson) -> FrontMatter:
    able = lesson.objectives[0] if lesson.objectives else lesson.title
    return {
        "title": f"{lesson.number}. {lesson.title}",
        "description": f"Lesson {lesson.number} of a course on Flask-Migrate, {lesson.title}. "
        f"You learn to: {able[0].lower()}{able[1:]}.",
        "lesson": lesson.number,
        "level": lesson.level,
        "minutes": lesson.minutes.teaching,
        "practice": catalog.core_minutes(lesson.name),
    }


def _of_further_page(lesson: Lesson, number: str, page: Path) -> FrontMatter:
    first = page.read_text(encoding="utf-8").partition("\n")[0]
    title = first.removeprefix("# ")
    return {
        "title": f"{number}. {title}",
        "description": f"{title}: lesson {lesson.number} of a course on Flask-Migrate goes on.",
    }


def _of_exercise(catalog: Catalog, exercise: Exercise) -> FrontMatter:
    return {
        "title": exercise.title,
        "description": f"{exercise.title}: an exercise with Flask-Migrate, graded on your machine. "
        f"{exercise.stake}".rstrip(),
        "exercise": exercise.slug,
        "level": catalog.lessons[exercise.lesson].level,
        "minutes": exercise.minutes,
    }
