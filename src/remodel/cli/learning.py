"""The commands with which a learner works: start, check, hint, reset, solution, pack."""

import sys
from pathlib import Path

import click

from remodel.cli.output import print_markdown, say_of_damage
from remodel.cli.shell import lines_to_type, shown_path, wrapped
from remodel.course import playground_mark
from remodel.course.catalog import Catalog, find_course
from remodel.course.edits import diff_lines
from remodel.course.exercise import Exercise
from remodel.course.manifest import changed_files, way_back
from remodel.errors import NotGraded, RemodelError
from remodel.grading.answer import solution as shipped_solution
from remodel.playground import folder as playground
from remodel.playground.progress import Progress
from remodel.runner import NAMES

SLUG = click.argument("slug", required=False)
CHANGED_COURSE = click.option(
    "--changed-course", is_flag=True, help="Go on although files of the course were changed."
)


def exercise_meant(catalog: Catalog, slug: str | None) -> tuple[Exercise, Path]:
    """The exercise meant and its folder: by name, by the current folder, or the last begun."""
    here = playground.playground_here(Path.cwd())
    exercise_here = playground.exercise_here(catalog, Path.cwd())
    if here and not exercise_here and not slug:
        raise NotGraded(
            f"{here} is of an exercise that the course no longer has. `remodel list` shows them."
        )
    slug = slug or (exercise_here.slug if exercise_here else Progress.read(catalog).last)
    if not slug:
        raise NotGraded(
            "Which exercise? Name one, or go into its folder. `remodel list` shows them."
        )
    exercise = catalog.exercise(slug)
    if here and exercise_here and exercise_here.slug == slug:
        return exercise_here, here
    folder = playground.playground_of(catalog, exercise)
    return exercise.in_variant(playground_mark.variant_of(folder)), folder


@click.command()
@click.argument("slug")
@click.option("--to", type=click.Path(path_type=Path), help="Lay it out in this folder instead.")
@click.option("--variant", default=0, help="The same exercise with other names in it.")
@CHANGED_COURSE
def start(slug: str, to: Path | None, variant: int, changed_course: bool) -> None:
    """Lay an exercise out as a whole app with a database."""
    catalog = find_course()
    exercise = catalog.exercise(slug).in_variant(variant)
    if not changed_course:
        _refuse_changed_course(catalog, exercise)
    folder = (to or playground.playground_of(catalog, exercise)).resolve()
    progress = Progress.read(catalog)
    progress.write()  # where it cannot be written, nothing is begun
    playground.start(catalog, exercise, folder)
    progress.begin(slug, folder)
    say_of_damage(progress)
    click.echo(f"{exercise.title}: about {exercise.minutes} minutes. It lies in")
    click.echo(f"  {shown_path(folder)}")
    click.echo("Type, or paste:")
    for line in lines_to_type(folder):
        click.echo(f"  {line}")
    click.echo("Then read README.md there, do what it says, and ask what came of it:")
    click.echo("  remodel check")


@click.command()
@click.argument("lesson", metavar="LESSON")
@click.option("--to", type=click.Path(path_type=Path), help="Lay it out in this folder instead.")
@click.option("--end", is_flag=True, help="The app as it stands at the end of the lesson.")
@click.option("--again", is_flag=True, help="Begin again; what is there is kept as a backup.")
def play(lesson: str, to: Path | None, end: bool, again: bool) -> None:
    """Lay out the app with which LESSON (1 to 7) begins, in a folder of your own."""
    from remodel.playground import lesson_app

    catalog = find_course()
    meant = catalog.lesson(lesson)
    folder = (to or catalog.layout.played(meant.number, end)).resolve()
    if again:
        backup = lesson_app.play_again(catalog, meant, folder, end)
        click.echo(f"What was there is kept in\n  {shown_path(backup)}")
    else:
        lesson_app.play(catalog, meant, folder, end)
    where = "at its end" if end else "as it begins"
    click.echo(f"Lesson {meant.number}, {meant.title}: the app {where} lies in")
    click.echo(f"  {shown_path(folder)}")
    click.echo("Type, or paste:")
    for line in lines_to_type(folder):
        click.echo(f"  {line}")
    click.echo(f"Then read {catalog.layout.relative(meant.page)}, and type along.")


def _refuse_changed_course(catalog: Catalog, exercise: Exercise) -> None:
    changed = changed_files(catalog.layout, exercise)
    if changed:
        raise RemodelError(
            f"Not begun: {exercise.slug} begins from files of the course that are not as shipped.\n"
            f"{way_back(catalog.layout, changed)}\n"
            "To begin it with the changed course, add --changed-course."
        )


@click.command()
@SLUG
@click.option("--watch", is_flag=True, help="Check again whenever you save a file.")
@click.option("--answers", help="Grade starter, solution, or the folder given here.")
@click.option("--seed", type=int, help="Repeat a check with the seed that it printed.")
@click.option("--runner", type=click.Choice(NAMES), default="auto", help="Where your code runs.")
@click.option("--results", type=click.Path(path_type=Path), help="Write results.json here.")
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of words.")
@CHANGED_COURSE
def check(
    slug: str | None,
    watch: bool,
    answers: str | None,
    seed: int | None,
    runner: str,
    results: Path | None,
    as_json: bool,
    changed_course: bool,
) -> None:
    """Grade your migration: the schema, the history and every row.

    Exit code 0: all checks pass. 1: some failed. 2: it could not be graded.
    """
    from remodel.cli.checking import Checking

    catalog = find_course()
    exercise, folder = exercise_meant(catalog, slug)
    checking = Checking(catalog, exercise, folder, answers, seed, runner, changed_course)
    try:
        code = checking.watch() if watch else checking.once(results, as_json)
    finally:
        checking.close()
    sys.exit(code)


@click.command()
@SLUG
def hint(slug: str | None) -> None:
    """Show the next hint; each call shows one more."""
    catalog = find_course()
    exercise, _folder = exercise_meant(catalog, slug)
    progress = Progress.read(catalog)
    count = progress.next_hint(exercise)
    for number, text in enumerate(exercise.hints[:count], 1):
        click.echo(f"Hint {number} of {len(exercise.hints)}")
        click.echo(wrapped(text))
    if count < len(exercise.hints):
        click.echo(f"One more: remodel hint {exercise.slug}")
    else:
        click.echo(f"That was the last. The solution: remodel solution {exercise.slug}")
    say_of_damage(progress)


@click.command()
@SLUG
@click.confirmation_option(prompt="Begin this exercise again? (Your work is kept as a backup.)")
def reset(slug: str | None) -> None:
    """Begin an exercise again, with a new database; keeps a backup."""
    catalog = find_course()
    exercise, folder = exercise_meant(catalog, slug)
    backup = playground.reset(catalog, exercise, folder)
    click.echo(f"{exercise.slug} is as it was at the start. Your work is kept in")
    click.echo(f"  {shown_path(backup)}")


@click.command()
@SLUG
@click.option("--yes", is_flag=True, help="Show it although you have not passed yet.")
def solution(slug: str | None, yes: bool) -> None:
    """Show the shipped solution, why it is right, and what else is."""
    catalog = find_course()
    exercise, _folder = exercise_meant(catalog, slug)
    if exercise.slug not in Progress.read(catalog).passed and not yes:
        asked = f"You have not passed {exercise.slug} yet. Show the solution?"
        if not click.confirm(asked):
            click.echo(f"Not shown. One step at a time: remodel hint {exercise.slug}")
            sys.exit(1)
    print_markdown(exercise.solution_page.read_text(encoding="utf-8"))
    solved = shipped_solution(exercise)
    for file in sorted(set(solved.files) | set(exercise.given)):
        before, after = exercise.given.get(file, b""), solved.files.get(file, b"")
        if before != after:
            click.echo("\n".join(diff_lines(before.decode(), after.decode(), (file, file))))


@click.command()
@click.argument("slugs", nargs=-1)
@click.option("--to", type=click.Path(path_type=Path), help="Write it here.  [default: handin.zip]")
def pack(slugs: tuple[str, ...], to: Path | None) -> None:
    """Write the zip that you hand in: what you changed, and no more."""
    catalog = find_course()
    if slugs:
        exercises = [exercise_meant(catalog, slug) for slug in slugs]
    else:
        begun = [(e, playground.playground_of(catalog, e)) for e in catalog.exercises.values()]
        exercises = [(e, folder) for e, folder in begun if playground_mark.read(folder)]
    if not exercises:
        raise RemodelError("You have not started an exercise. `remodel list` shows them.")
    here = playground.playground_here(Path.cwd())
    # Not inside the exercise's folder: the next pack would find the zip there.
    to = to or (here.parent if here else Path()) / "handin.zip"
    names = playground.pack(exercises, to)
    click.echo(f"{shown_path(to)} holds what you changed:")
    for name in names:
        click.echo(f"  {name}")
    for exercise, folder in exercises:
        if not playground.is_changed(exercise, folder):
            click.echo(f"You have changed nothing in {exercise.slug} yet.")


COMMANDS = (start, play, check, hint, reset, solution, pack)
