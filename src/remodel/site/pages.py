"""The pages: prose filled by cog from the sample apps, and pages made of data alone."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from remodel.course.catalog import Catalog
from remodel.course.layout import PAGE
from remodel.errors import CourseError
from remodel.site.activities_script import activities_script
from remodel.site.blocks.lesson import LessonBlocks, print_block
from remodel.site.blocks.practice import PracticeBlocks
from remodel.site.diagrams.sources import image
from remodel.site.markup.stepper import states_table
from remodel.site.navigation import navigation_words
from remodel.site.reference.glossary import tooltips
from remodel.site.reference.messages import message_pages
from remodel.site.transcripts.film import read_recording


def filled_pages(catalog: Catalog) -> dict[Path, str]:
    """Every page that has blocks of cog in it or is made of data, as it should be."""
    pages: dict[Path, str] = {}
    for lesson in catalog.lessons.values():
        for page in lesson.pages:
            if not page.exists():
                raise CourseError(f"{page} is missing. Every lesson has one.")
            pages[page] = fill(page, LessonBlocks(catalog, lesson).words() | _words(catalog, page))
    docs = sorted(catalog.layout.docs.rglob("*.md"))
    for page in [*docs, catalog.layout.notebooks / PAGE]:
        if page.exists():
            pages[page] = fill(page, PracticeBlocks(catalog).words() | _words(catalog, page))
    made = tooltips(catalog) | message_pages(catalog) | activities_script(catalog)
    return pages | made | _navigation(catalog)


def _navigation(catalog: Catalog) -> dict[Path, str]:
    settings = catalog.layout.site_settings
    if not settings.exists():  # a course of the tests
        return {}
    return {settings: fill(settings, navigation_words(catalog))}


def _words(catalog: Catalog, page: Path) -> dict[str, Any]:
    """What every block can call that has to know which page it stands on."""

    def diagram(name: str) -> None:
        print(f"\n{image(catalog.layout, page, name)}\n")

    def stepper(name: str) -> None:
        file = catalog.layout.transcripts / f"{name}.json"
        place = catalog.layout.relative(file)
        table = states_table(read_recording(file).frames)
        print_block((f"<!-- stepper {place} -->", "", *table, "", "<!-- /stepper -->"))

    return {"diagram": diagram, "stepper": stepper}


def fill(page: Path, words: Mapping[str, Any]) -> str:
    """The text of `page` with every block filled again by the functions in `words`."""
    from cogapp.cogapp import Cog, CogError  # type: ignore[import-untyped]

    cog = Cog()
    cog.options.print_output = True
    made = io.StringIO()
    text = page.read_text(encoding="utf-8")
    try:
        cog.process_file(io.StringIO(text), made, fname=str(page), globals=dict(words))
    except (CogError, CourseError) as error:
        raise CourseError(f"{page}: {str(error).strip().splitlines()[-1]}") from error
    return made.getvalue()
