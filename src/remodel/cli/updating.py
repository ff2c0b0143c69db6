"""`remodel update`: what the course has changed, in an exercise that was begun before."""

import sys

import click

from remodel.cli.learning import CHANGED_COURSE, SLUG, exercise_meant, refuse_changed_course
from remodel.cli.shell import shown_path, wrapped
from remodel.course.catalog import find_course
from remodel.course.layout import COURSE_COPY
from remodel.wrapping import PassingLine


@click.command()
@SLUG
@CHANGED_COURSE
def update(slug: str | None, changed_course: bool) -> None:
    """Take over what the course has changed; your edits stay.

    What was there before is kept as a backup.
    """
    catalog = find_course()
    exercise, folder = exercise_meant(catalog, slug)
    if not changed_course:
        refuse_changed_course(catalog, exercise)
    with PassingLine(sys.stdout) as line:
        line.show(f"  Updating {exercise.slug} …")
        from remodel.playground.update import update as carry_over

        done, backup = carry_over(catalog, exercise, folder)
    if backup is None:
        same = f"{exercise.slug} is as the course has it today. Your files are as they were."
        click.echo(wrapped(same, ""))
        return
    click.echo(wrapped(f"{exercise.slug} is as the course has it today, with your edits.", ""))
    _say("From the course", done.taken)
    _say("No longer in the course, and removed", done.removed)
    _say("No longer in the course; you have edited it, so it stays", done.kept)
    if done.beside:
        _say("Changed by you and by the course (yours stays)", done.beside)
        beside = f"The course's text lies beside it, as FILE{COURSE_COPY}. Carry over what you "
        click.echo(wrapped(f"{beside}need, then delete that file."))
    if done.database:
        begins = "The database begins otherwise now, so it is as at the start again; `flask db "
        click.echo(wrapped(f"{begins}upgrade` runs your revisions."))
    click.echo(f"What was there before is kept in\n  {shown_path(backup)}")


def _say(what: str, files: tuple[str, ...]) -> None:
    if files:
        click.echo("\n".join([f"  {what}:", *(f"    {file}" for file in files)]))


COMMANDS = (update,)
