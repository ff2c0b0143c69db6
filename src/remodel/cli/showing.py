"""`remodel show`: revisions and databases, as they are and as the last command left them."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from remodel.cli.environment import say_of_server
from remodel.cli.learning import SLUG, exercise_meant, refuse_course_folder
from remodel.cli.output import print_json, screen_height
from remodel.cli.saves import is_noise, saves
from remodel.cli.shell import shown_path
from remodel.course.catalog import find_course
from remodel.course.layout import INSTANCE
from remodel.errors import NotGraded, RemodelError
from remodel.playground.places import playground_here, project_here
from remodel.wrapping import PassingLine, columns

#: What the drawing says of a change, and its colour.
_COLOURS = {
    "  ← new": "green",
    " added:": "green",
    "  ← was:": "yellow",
    " changed:": "yellow",
    " is gone": "red",
    " lost:": "red",
}


@dataclass(frozen=True)
class Shown:
    """What is shown: an app in a folder, of an exercise or of none."""

    folder: Path
    exercise: str = ""
    given: Mapping[str, bytes] = field(default_factory=dict)


@click.command()
@SLUG
@click.option("--watch", is_flag=True, help="Draw it again whenever a file or a database changes.")
@click.option("--json", "as_json", is_flag=True, help="For a program: docs/show.schema.json.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with a picture."
)
@click.option("--locks", is_flag=True, help="What each statement of your upgrade locks.")
def show(slug: str | None, watch: bool, as_json: bool, html: Path | None, locks: bool) -> None:
    """Show your history, your databases and what was changed last.

    With --locks: what your upgrade would lock on a PostgreSQL, in a copy with other rows.
    """
    if locks:
        if watch or as_json or html:
            raise RemodelError("--locks prints words alone: leave the other options out.")
        _show_locks(slug)
        return
    if watch and as_json:
        raise RemodelError("--watch draws for a person: leave --json out.")
    shown = app_meant(slug)
    if watch:
        _watch(shown, html)
    else:
        for line in _present(shown, as_json, html):
            click.echo(line)


def _show_locks(slug: str | None) -> None:
    catalog = find_course()
    exercise, folder = exercise_meant(catalog, slug)
    if not folder.is_dir():
        raise NotGraded(f"You have not started {exercise.slug}. Run: remodel start {exercise.slug}")
    with PassingLine(sys.stdout) as line:
        line.show("  Upgrading a copy …")
        # Only now: these take a moment, and somebody waits.
        from remodel.grading.lock_lines import lock_lines
        from remodel.grading.session import Grading, Unit

        grading = Grading.of(catalog, [str(folder)], [1], database="postgresql")
        try:
            seen = grading.project(Unit(exercise, str(folder), 1)).populated().x_ray()
        finally:
            grading.runner.close()
            grading.close()
    click.echo("\n".join(lock_lines(*seen)[1:]))


def app_meant(slug: str | None) -> Shown:
    """The app that the learner means: the exercise of that name, or else what lies here."""
    here = Path.cwd()
    catalog = find_course()
    say_of_server()
    if not slug and not playground_here(here):
        refuse_course_folder(catalog, here)
        project = project_here(catalog, here)
        if project:
            return Shown(project)
    exercise, folder = exercise_meant(catalog, slug)
    if not folder.is_dir():
        raise NotGraded(f"You have not started {exercise.slug}. Run: remodel start {exercise.slug}")
    return Shown(folder, exercise.slug, exercise.given)


def _present(
    shown: Shown, as_json: bool = False, html: Path | None = None, height: int | None = None
) -> list[str]:
    """The lines to print, `height` of them if they can be; a page is written where `html` is."""
    from remodel.database.sqlite import UnreadableDatabase
    from remodel.playground.drawing import draw_state
    from remodel.playground.kept import state_before
    from remodel.playground.picture import page
    from remodel.playground.state import databases_of, state_of

    databases = databases_of(shown.folder)
    try:
        before = state_before(shown.folder, databases)
        state = state_of(shown.folder, shown.exercise, shown.given, before, databases)
    except UnreadableDatabase as error:
        raise NotGraded(_unreadable(shown, error)) from error
    if html:
        html.write_text(page(state), encoding="utf-8", newline="\n")
        return [f"Written to {shown_path(html)}"]
    if as_json:
        print_json(state.as_json())
        return []
    path = shown_path(shown.folder)
    title = ", ".join(filter(None, [shown.exercise, "this folder" if path == "." else path]))
    lines = draw_state(state, columns(), height)
    return [click.style(title, bold=True), *map(_coloured, lines)]


def _coloured(line: str) -> str:
    """The words say it already: a colour only makes them quicker to find."""
    for words, colour in _COLOURS.items():
        if words in line:
            return click.style(line, fg=colour)
    return line


def _unreadable(shown: Shown, error: Exception) -> str:
    if not shown.exercise:
        return f"A database in {shown.folder / INSTANCE} cannot be read: {error}."
    return (
        f"Your database cannot be read: {error}. To restore it, with a backup of everything:\n"
        f"  remodel reset {shown.exercise}"
    )


def _watch(shown: Shown, html: Path | None) -> None:
    try:
        _draw(shown, html)
        for _ in saves(shown.folder, _matters):
            _draw(shown, html)
    except KeyboardInterrupt:
        click.echo("Stopped.")


def _draw(shown: Shown, html: Path | None) -> None:
    try:
        # The heading, the word below, and the line on which the cursor stands.
        lines = _present(shown, html=html, height=screen_height(less=3))
    except NotGraded as error:  # a database is being written: the next change shows it
        lines = [str(error)]
    click.clear()
    click.echo("\n".join([*lines, "Drawn again at each change. Ctrl-C ends it."]))


def _matters(file: Path) -> bool:
    if file.parts[0] == INSTANCE:
        return file.suffix == ".db"
    return file.suffix in (".py", ".ini") and not is_noise(file)


COMMANDS = (show,)
