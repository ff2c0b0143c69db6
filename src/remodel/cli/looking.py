"""The commands that only look: where you are, list, doctor."""

import contextlib
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from remodel.cli.learning import named
from remodel.cli.output import print_json, print_long, say_of_damage
from remodel.cli.shell import activation, typed_path, wrapped
from remodel.course import playground_mark
from remodel.course.catalog import Catalog, find_course
from remodel.course.exercise import Exercise
from remodel.playground.milestones import words_on_passed_over
from remodel.playground.places import playground_of
from remodel.playground.progress import Progress, next_exercise, passed_over
from remodel.servers.kinds import KINDS
from remodel.wrapping import PassingLine


def home() -> None:
    """Where the learner is, what is next, and how to check; on the first run, a real grading."""
    catalog = find_course()
    progress = Progress.read(catalog)
    if not progress.path.exists():
        line = PassingLine(sys.stdout)
        line.show("  Grading two answers …")
        # Only now: it takes a moment, and somebody waits.
        from remodel.cli.welcome import welcome

        welcome(catalog, line)
        with contextlib.suppress(OSError):  # a clone that cannot be written welcomes again
            progress.write()
    say_of_damage(progress)
    _say_where(catalog, progress)


def _say_where(catalog: Catalog, progress: Progress) -> None:
    click.echo(f"You have passed {progress.count(catalog)} exercises.")
    exercise = next_exercise(catalog, progress)
    if exercise is None:
        over = passed_over(catalog, progress)
        all_done = "That is all." if over else "That is all of them."
        click.echo(f"{all_done} `remodel list` shows what you did.")
        for line in words_on_passed_over(over):
            click.echo(wrapped(line, ""))
        return
    activate = activation()
    if activate:
        click.echo("In each new terminal, first:")
        click.echo(f"  {activate}")
    folder = playground_of(catalog, exercise)
    begun = playground_mark.read(folder) is not None
    where = "You are at" if begun else "Next:"
    click.echo(wrapped(f"{where} {named(exercise)} (about {exercise.minutes} minutes)", ""))
    if begun:
        click.echo(f"  Go on   cd {typed_path(folder)}")
        click.echo(f"  Read    remodel read {exercise.slug}")
    else:
        number = catalog.lessons[exercise.lesson].number
        click.echo(f"  Read    remodel read {number}, or in a browser: remodel site")
        click.echo(f"  Begin   remodel start {exercise.slug}")
    click.echo(f"  Check   remodel check {exercise.slug}")
    click.echo(f"  Stuck?  remodel hint {exercise.slug}")
    click.echo("  Or      remodel watch: all of this on one screen")
    due = sum(memory.is_due(date.today()) for memory in progress.cards.values())
    if due:
        click.echo(f"  Recall  remodel cards: {due} come back today")
    click.echo("All exercises: remodel list    All commands: remodel --help")


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def list_exercises(as_json: bool) -> None:
    """List the exercises: minutes, track, and which you have passed."""
    catalog = find_course()
    progress = Progress.read(catalog)
    say_of_damage(progress)
    rows = [_row(catalog, exercise, progress) for exercise in catalog.exercises.values()]
    if as_json:
        print_json(rows)
        return
    print_long("\n".join(_lines(catalog, rows)))


def _lines(catalog: Catalog, rows: list[dict[str, Any]]) -> Iterator[str]:
    lesson, width = "", max((len(str(row["exercise"])) for row in rows), default=0)
    for row in rows:
        if row["lesson"] != lesson:
            lesson = str(row["lesson"])
            core = f"  (core: {catalog.core_minutes(lesson)} minutes)"
            yield click.style(lesson, bold=True) + core
        mark = {"passed": "✓", "begun": "…", "": " "}[str(row["state"])]
        about = f"{mark} {row['exercise']:<{width}} {row['minutes']:>2} min  {row['track']}"
        variants = f" {row['variants']} variants" if row["variants"] > 1 else ""
        server = KINDS.get(row["database"])
        yield f"  {about}{variants}{f'  needs {server.name}' if server else ''}"
    yield "✓ passed   … begun"
    yield "core: do these first   more: when you want more"
    yield "variants: with other names; remodel start SLUG --variant N"


def _row(catalog: Catalog, exercise: Exercise, progress: Progress) -> dict[str, Any]:
    begun = playground_mark.read(playground_of(catalog, exercise)) is not None
    passed = exercise.slug in progress.passed
    return {
        "exercise": exercise.slug,
        "title": exercise.title,
        "lesson": exercise.lesson,
        "minutes": exercise.minutes,
        "track": exercise.track,
        "database": exercise.database,
        "variants": len(exercise.wording.numbers),
        "state": "passed" if passed else "begun" if begun else "",
    }


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For a program to read.")
def doctor(as_json: bool) -> None:
    """Look at this machine: what is here, and what to install."""
    from remodel.cli.doctor import lines, observe

    observations = observe(find_course())
    if as_json:
        print_json([observation.as_json() for observation in observations])
    else:
        for observation in observations:
            for line in lines(observation):
                click.echo(line)
    sys.exit(1 if any(observation.state == "wrong" for observation in observations) else 0)


COMMANDS = (list_exercises, doctor)
