"""`remodel read`: the page of a lesson or of an exercise in the terminal."""

from pathlib import Path

import click

from remodel.cli.learning import slugs_for_shell
from remodel.cli.output import print_markdown
from remodel.course import playground_mark
from remodel.course.catalog import Catalog, find_course
from remodel.course.layout import PAGE
from remodel.errors import RemodelError
from remodel.playground.places import exercise_here, playground_of


@click.command()
@click.argument("page", required=False, shell_complete=slugs_for_shell)
@click.option("--answers", is_flag=True, help="Show the answers and proofs that are folded.")
def read(page: str | None, answers: bool) -> None:
    """Read a PAGE in the terminal: a lesson, or an exercise.

    PAGE is 1 to 7, or the name of an exercise.
    """
    from remodel.site.terminal_page import terminal_page

    catalog = find_course()
    place, text, name = _page_meant(catalog, page)
    shown = terminal_page(catalog, place, text, answers)
    if shown != terminal_page(catalog, place, text, not answers) and not answers:
        shown = f"▸ is folded. To open all of it: `remodel read {name} --answers`\n\n{shown}"
    print_markdown(shown)


def _page_meant(catalog: Catalog, page: str | None) -> tuple[Path, str, str]:
    """Where the page lies, its text, and what `remodel read` calls it."""
    if page and (page.isdecimal() or page in catalog.lessons):
        lesson = catalog.lesson(page)
        texts = [each.read_text(encoding="utf-8") for each in lesson.pages]
        return lesson.page, "\n\n".join(texts), str(lesson.number)
    here = exercise_here(catalog, Path.cwd())
    if not page and not here:
        numbers = ", ".join(str(each.number) for each in catalog.lessons.values())
        raise RemodelError(
            f"Which page? Name a lesson ({numbers}) or an exercise. `remodel list` shows those."
        )
    exercise = catalog.exercise(page) if page else here
    assert exercise
    # The learner's own copy has the words of their variant.
    own = playground_of(catalog, exercise)
    mine = own / PAGE if playground_mark.read(own) and (own / PAGE).is_file() else exercise.page
    return exercise.page, mine.read_text(encoding="utf-8"), exercise.slug


COMMANDS = (read,)
