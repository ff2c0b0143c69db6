"""The commands with which a learner works: start, next, check, hint, reset, solution, pack."""

import contextlib
import sys
from collections.abc import Collection
from pathlib import Path

import click

from remodel.cli.asking import confirmed
from remodel.cli.environment import say_of_server, words_and_line
from remodel.cli.output import code_lines, print_long, rendered, say_of_damage
from remodel.cli.seconds import Seconds
from remodel.cli.shell import lines_to_type, shown_path, wrapped
from remodel.course import playground_mark
from remodel.course.catalog import Catalog, find_course
from remodel.course.exercise import Exercise
from remodel.course.manifest import changed_files, way_back
from remodel.errors import NotGraded, RemodelError
from remodel.playground.milestones import words_on_passed_over
from remodel.playground.places import (
    course_folder_here,
    exercise_here,
    playground_here,
    playground_of,
    project_here,
)
from remodel.playground.progress import Progress, missing_server, next_exercise, passed_over
from remodel.runner import LIMIT, NAMES
from remodel.wrapping import PassingLine


def slugs_for_shell(_context: click.Context, _argument: click.Parameter, begun: str) -> list[str]:
    """What a shell offers for a slug that is half typed."""
    try:
        return [slug for slug in find_course().slugs if slug.startswith(begun.lower())]
    except RemodelError:
        return []


SLUG = click.argument("slug", required=False, shell_complete=slugs_for_shell)
CHANGED_COURSE = click.option(
    "--changed-course", is_flag=True, help="Go on although files of the course were changed."
)


def exercise_meant(catalog: Catalog, slug: str | None) -> tuple[Exercise, Path]:
    """The exercise meant and its folder: by name, by the current folder, or the last begun."""
    here = playground_here(Path.cwd())
    own = exercise_here(catalog, Path.cwd())
    if here and not own and not slug:
        raise NotGraded(
            f"{here} is of an exercise that the course no longer has. `remodel list` shows them."
        )
    if not own and not slug:
        refuse_course_folder(catalog, Path.cwd())
        _refuse_other_project(catalog, Path.cwd())
    slug = slug or (own.slug if own else Progress.read(catalog).last)
    if not slug:
        raise NotGraded(
            "Which exercise? Name one, or go into its folder. `remodel list` shows them."
        )
    exercise = catalog.exercise(slug)
    if here and own and own.slug == exercise.slug:
        return own, here
    folder = playground_of(catalog, exercise)
    return exercise.in_variant(playground_mark.variant_of(folder)), folder


def refuse_course_folder(catalog: Catalog, here: Path) -> None:
    """Raise NotGraded in the course's own files: nobody's work is meant to lie there."""
    owner = course_folder_here(catalog, here)
    if isinstance(owner, Exercise):
        folder = playground_of(catalog, owner)
        begun = playground_mark.read(folder) is not None
        way = f"Yours lies in\n  {shown_path(folder)}" if begun else _way_to_begin(owner)
        raise NotGraded(f"{here}\nis the course's own copy of {owner.slug}. {way}")
    if owner:
        raise NotGraded(
            f"{here}\nis the course's own app of lesson {owner.number}, and no exercise. For an "
            f"app of your own:\n  remodel play {owner.number}"
        )


def _way_to_begin(exercise: Exercise) -> str:
    return f"For one of your own:\n  remodel start {exercise.slug}"


def _refuse_other_project(catalog: Catalog, here: Path) -> None:
    """Raise NotGraded in a project that is no exercise: the one begun last is not meant there."""
    place = project_here(catalog, here)
    if place:
        last = Progress.read(catalog).last
        was = f" You were last at {last}." if last else ""
        raise NotGraded(
            f"{place}\nis no exercise of the course.{was} Name the one that you mean, or go into "
            "its folder. `remodel list` shows them."
        )


@click.command()
@SLUG
@click.option("--to", type=click.Path(path_type=Path), help="Lay it out in this folder instead.")
@click.option("--variant", default=0, help="The same exercise with other names in it.")
@CHANGED_COURSE
@click.option(
    "--database",
    default="sqlite",
    metavar="ENGINE",
    help="Keep a database for it on postgresql, mariadb, or the server of a URL.",
)
def start(
    slug: str | None, to: Path | None, variant: int, changed_course: bool, database: str
) -> None:
    """Lay an exercise out as a whole app; without SLUG, the next one."""
    catalog = find_course()
    if database != "sqlite":
        _start_on_server(catalog, slug, to, variant, changed_course, database)
        return
    if slug is None and not to:
        go_on(catalog, variant, changed_course)
        return
    exercise = catalog.exercise(slug) if slug else following(catalog)
    if exercise:
        _lay_out(catalog, catalog.in_variant(exercise, variant), to, changed_course)


def _start_on_server(
    catalog: Catalog,
    slug: str | None,
    to: Path | None,
    variant: int,
    changed_course: bool,
    database: str,
) -> None:
    """Lay the exercise out unless it is begun, and keep its databases on a server for a while."""
    exercise, folder = exercise_meant(catalog, slug)
    folder = (to or folder).resolve()
    begun = playground_mark.read(folder)
    from remodel.cli.on_server import keep_on_server
    from remodel.grading.engine import Engine

    with contextlib.closing(Engine.opened(database)) as engine:
        engine.refuse(exercise)
        if begun is None or begun.exercise != exercise.slug:
            exercise = catalog.in_variant(exercise, variant)
            begin(catalog, exercise, to, changed_course)
        keep_on_server(exercise, folder, engine)


@click.command("next")
def next_command() -> None:
    """Begin the next exercise, or say which one you are at."""
    go_on(find_course())


def go_on(catalog: Catalog, variant: int = 0, changed_course: bool = False) -> None:
    """Begin what is next; where that is begun already, say where it lies."""
    exercise = following(catalog)
    if exercise is None:
        return
    folder = playground_of(catalog, exercise)
    if playground_mark.read(folder) is None:
        _lay_out(catalog, catalog.in_variant(exercise, variant), None, changed_course)
        return
    click.echo(wrapped(f"You are at {named(exercise)}. It lies in", ""))
    click.echo(f"  {shown_path(folder)}")
    _say_how_to_go_on(exercise, folder)


def following(catalog: Catalog) -> Exercise | None:
    """What is next, or None where all is passed: then this has said so."""
    progress = Progress.read(catalog)
    exercise = next_exercise(catalog, progress)
    over = passed_over(catalog, progress)
    for line in words_on_passed_over(over):
        click.echo(wrapped(line, ""))
    if exercise is None:
        others = "all other" if over else "all"
        click.echo(f"You have passed {others} exercises. `remodel list` shows them.")
    return exercise


def named(exercise: Exercise) -> str:
    """The slug and the title: some titles are error messages, and would read like one."""
    return f'{exercise.slug}, "{exercise.title}"'


def _lay_out(catalog: Catalog, exercise: Exercise, to: Path | None, changed_course: bool) -> None:
    older = playground_of(catalog, exercise)
    folder = begin(catalog, exercise, to, changed_course)
    click.echo(wrapped(f"{named(exercise)}: about {exercise.minutes} minutes. It lies in", ""))
    click.echo(f"  {shown_path(folder)}")
    if older.resolve() != folder and playground_mark.read(older):
        click.echo(f"You have begun it before, in\n  {shown_path(older)}")
        meant = f"From now on, `remodel check {exercise.slug}` means the new folder. In the old "
        click.echo(wrapped(f"{meant}one, `remodel check` alone means that one.", ""))
    _say_how_to_go_on(exercise, folder)


def _say_how_to_go_on(exercise: Exercise, folder: Path) -> None:
    say_what_to_type(folder, exercise.binds)
    if kind := missing_server(exercise):
        click.echo(wrapped(f"It is graded on {kind.name}, which is not here. To install it:", ""))
        click.echo(f"  {kind.install}")
    click.echo("Then read README.md there, do what it says, and ask what came of it:")
    click.echo("  remodel check     (at every save: remodel watch)")


def say_what_to_type(folder: Path, binds: Collection[str]) -> None:
    """The lines that lead into `folder`, with what is in the way there taken out of it."""
    *sentences, unset = [*words_and_line(binds)] or [""]
    for sentence in sentences:
        click.echo(wrapped(sentence, ""))
    click.echo("Type, or paste:")
    for line in [*([unset] if unset else []), *lines_to_type(folder)]:
        click.echo(f"  {line}")


def begin(
    catalog: Catalog, exercise: Exercise, to: Path | None = None, changed_course: bool = False
) -> Path:
    """Lay `exercise` out and remember that the learner is at it; returns the folder."""
    with PassingLine(sys.stdout) as line:
        line.show(f"  Laying out {exercise.slug} …")
        # Only now: these take a moment, and somebody waits.
        from remodel.playground import folder as playground

        if not changed_course:
            refuse_changed_course(catalog, exercise)
        folder = (to or playground_of(catalog, exercise)).resolve()
        progress = Progress.read(catalog)
        progress.write()  # where it cannot be written, nothing is begun
        playground.start(catalog, exercise, folder)
    progress.begin(exercise.slug, folder)
    say_of_damage(progress)
    return folder


@click.command()
@click.argument("lesson", metavar="LESSON")
@click.option("--to", type=click.Path(path_type=Path), help="Lay it out in this folder instead.")
@click.option("--end", is_flag=True, help="The app as it stands at the end of the lesson.")
@click.option("--again", is_flag=True, help="Begin again; what is there is kept as a backup.")
def play(lesson: str, to: Path | None, end: bool, again: bool) -> None:
    """Lay out the app with which LESSON (1 to 7) begins."""
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
    say_what_to_type(folder, {b for each in catalog.exercises.values() for b in each.binds})
    click.echo(f"Then read {catalog.layout.relative(meant.page)}, and type along.")


@click.command()
@click.argument("lesson", metavar="LESSON")
@click.argument("files", nargs=-1)
def take(lesson: str, files: tuple[str, ...]) -> None:
    """Bring FILES of your app to the end of LESSON.

    Without FILES: all of it. What was your own is kept.
    """
    from remodel.playground import lesson_app

    catalog = find_course()
    meant = catalog.lesson(lesson)
    taken = lesson_app.take(catalog, meant, Path.cwd(), files)
    for file in taken.written:
        click.echo(f"took {file}")
    for file in taken.removed:
        click.echo(f"removed {file}")
    if not taken.written and not taken.removed:
        click.echo(f"Nothing to take: it is as at the end of lesson {meant.number}.")
    if taken.backup:
        click.echo(f"What you had written there is kept in\n  {shown_path(taken.backup)}")


def refuse_changed_course(catalog: Catalog, exercise: Exercise) -> None:
    changed = changed_files(catalog.layout, exercise)
    if changed:
        raise RemodelError(
            f"Not begun: {exercise.slug} begins from files of the course that are not as shipped.\n"
            f"{way_back(catalog.layout, changed)}\n"
            "To begin it with the changed course, add --changed-course."
        )


@click.command()
@SLUG
@click.option("--all", "every", is_flag=True, help="Show every check that failed, not one.")
@click.option("--answers", help="Grade starter, solution, or the folder given here.")
@click.option("--seed", type=int, help="Repeat a check with the seed that it printed.")
@click.option("--variant", type=int, help="The variant that was given out, with --answers.")
@click.option("--runner", type=click.Choice(NAMES), default="auto", help="Where your code runs.")
@click.option(
    "--limit",
    type=Seconds(),
    default=LIMIT,
    show_default=True,
    help="Seconds for each command that is run.",
)
@click.option(
    "--database",
    default="sqlite",
    metavar="ENGINE",
    help="Grade on sqlite, postgresql, mariadb, or on the server of a URL.",
)
@click.option("--x-ray", is_flag=True, help="Show what each statement locks on PostgreSQL.")
@click.option("--results", type=click.Path(path_type=Path), help="Write results.json here.")
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of words.")
@CHANGED_COURSE
def check(
    slug: str | None,
    every: bool,
    answers: str | None,
    seed: int | None,
    variant: int | None,
    runner: str,
    limit: float,
    database: str,
    x_ray: bool,
    results: Path | None,
    as_json: bool,
    changed_course: bool,
) -> None:
    """Grade your migration: the schema, the history and every row.

    Exit code 0: all checks pass. 1: some failed. 2: it could not be graded. `remodel test` does
    the same.
    """
    catalog = find_course()
    exercise, folder = exercise_meant(catalog, slug)
    with PassingLine(sys.stdout) as line:
        if not as_json:
            line.show(f"  Checking {exercise.slug} …")
        # Only now: it takes a moment, and somebody waits.
        from remodel.cli.checking import Checking
        from remodel.grading.results import refuse_results_place

        refuse_results_place(results)
        how = (answers, seed, runner, changed_course, limit, variant, database, x_ray)
        checking = Checking(catalog, exercise, folder, *how)
        try:
            code = checking.once(results, as_json, every, line)
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
    fitting = progress.hint_for_failure(exercise)
    if fitting:
        progress.shows_hint_for_failure(exercise)
        click.echo("For the check that refused:")
        click.echo(wrapped(fitting))
    else:
        count = progress.next_hint(exercise)
        for number, text in enumerate(exercise.hints[:count], 1):
            click.echo(f"Hint {number} of {len(exercise.hints)}")
            click.echo(wrapped(text))
    if progress.has_hints(exercise):
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
    say_of_server()
    from remodel.playground import folder as playground

    backup = playground.reset(catalog, exercise, folder)
    click.echo(f"{exercise.slug} is as it was at the start. Your work is kept in")
    click.echo(f"  {shown_path(backup)}")


@click.command()
@SLUG
@click.option("--yes", is_flag=True, help="Show it although you have not passed yet.")
def solution(slug: str | None, yes: bool) -> None:
    """Show the shipped solution, why it is right, and what else is."""
    from remodel.course.edits import diff_lines
    from remodel.grading.answer import solution as shipped_solution
    from remodel.playground.beside import yours_beside_ours

    catalog = find_course()
    exercise, folder = exercise_meant(catalog, slug)
    if exercise.slug not in Progress.read(catalog).passed and not yes:
        asked = f"You have not passed {exercise.slug} yet. Show the solution?"
        if not confirmed(asked):
            click.echo(f"Not shown. One step at a time: remodel hint {exercise.slug}")
            sys.exit(1)
    lines = [rendered(exercise.reworded(exercise.solution_page.read_bytes()).decode("utf-8"))]
    solved = shipped_solution(exercise)
    for file in sorted(set(solved.files) | set(exercise.given)):
        before, after = exercise.given.get(file, b""), solved.files.get(file, b"")
        if before != after:
            lines += code_lines(diff_lines(before.decode(), after.decode(), (file, file)))
    beside = yours_beside_ours(exercise, folder) if playground_mark.read(folder) else []
    if beside:
        lines += ["", "Yours (-) beside ours (+)", "", *code_lines(beside)]
    print_long("\n".join(lines))


@click.command()
@click.argument("slugs", nargs=-1)
@click.option("--to", type=click.Path(path_type=Path), help="Write it here.  [default: handin.zip]")
@click.option("--name", help="Your name, for whoever grades it.")
def pack(slugs: tuple[str, ...], to: Path | None, name: str | None) -> None:
    """Write the zip that you hand in: what you changed, and no more."""
    from remodel.playground import folder as playground

    catalog = find_course()
    if slugs:
        exercises = [exercise_meant(catalog, slug) for slug in slugs]
    else:
        begun = [(e, playground_of(catalog, e)) for e in catalog.exercises.values()]
        exercises = [(e, folder) for e, folder in begun if playground_mark.read(folder)]
    if not exercises:
        raise RemodelError("You have not started an exercise. `remodel list` shows them.")
    here = playground_here(Path.cwd())
    # Not inside the exercise's folder: the next pack would find the zip there.
    to = to or (here.parent if here else Path()) / "handin.zip"
    names = playground.pack(exercises, to, _name(name))
    click.echo(f"{shown_path(to)} holds what you changed:")
    for file in names:
        click.echo(f"  {file}")
    for exercise, folder in exercises:
        if not playground.is_changed(exercise, folder):
            click.echo(f"You have changed nothing in {exercise.slug} yet.")


def _name(name: str | None) -> str:
    """The name to hand in with: the one given, or asked for where somebody can answer."""
    if name is None and sys.stdin.isatty() and sys.stdout.isatty():
        asked = "Your name, for whoever grades it (Enter leaves it out)"
        name = click.prompt(asked, default="", show_default=False)
    name = (name or "").strip()
    if not name.isprintable():
        raise RemodelError("A name is one line of letters. Give it with --name.")
    return name


COMMANDS = (start, next_command, play, take, check, hint, reset, solution, pack)
