"""`remodel quiz`: the questions of a lesson in the terminal."""

import contextlib
import sys
from pathlib import Path

import click

from remodel.cli.asking import Left, ask, read_line
from remodel.cli.drawn_quiz import ask_more
from remodel.cli.output import say_of_damage
from remodel.cli.taking_stock import take_stock
from remodel.course.catalog import Catalog, find_course
from remodel.course.inventory import TIMES, When
from remodel.course.lesson import Lesson
from remodel.course.proof import Proof
from remodel.course.quiz import read_quiz
from remodel.errors import RemodelError
from remodel.playground.places import exercise_here
from remodel.playground.progress import Progress


@click.command()
@click.argument("lesson", required=False)
@click.option("--more", is_flag=True, help="Ask others: drawn, and answered by a run.")
@click.option("--seed", type=click.IntRange(0), help="With --more: the number of the draw.")
@click.option(
    "--inventory", type=click.Choice(TIMES), help="Twelve questions, kept for a comparison."
)
def quiz(lesson: str | None, more: bool, seed: int | None, inventory: When | None) -> None:
    """Ask the questions of a LESSON, such as 4, and say why.

    --inventory asks before the course and after it, so that you see what you gained.
    --more never runs out: it draws tables and migrations, and says what you seem to believe.
    """
    catalog = find_course()
    if inventory:
        if lesson or more or seed is not None:
            raise RemodelError("--inventory asks its own questions. Leave out all else.")
        sys.exit(take_stock(catalog, inventory))
    if more:
        sys.exit(ask_more(catalog, catalog.lesson(lesson) if lesson else None, seed))
    if seed is not None:
        raise RemodelError("--seed is for questions that are drawn. Add --more.")
    banks = {each.name: each for each in catalog.lessons.values() if each.quiz.exists()}
    if not banks:
        raise RemodelError("No lesson has a quiz.toml yet.")
    try:
        asked = (
            catalog.lesson(lesson) if lesson else _here(catalog) or _ask_for_lesson(catalog, banks)
        )
    except Left as left:
        sys.exit(left.code)
    if asked.name not in banks:
        raise RemodelError(f"Lesson {asked.number} has no questions yet: {asked.quiz}")
    sys.exit(_ask_all(catalog, asked))


def _here(catalog: Catalog) -> Lesson | None:
    """The lesson that the learner is in, or in an exercise of."""
    exercise = exercise_here(catalog, Path.cwd())
    if exercise:
        return catalog.lessons[exercise.lesson]
    places = {lesson.path.resolve(): lesson for lesson in catalog.lessons.values()}
    here = Path.cwd()
    return next((places[each] for each in (here, *here.parents) if each in places), None)


def _ask_for_lesson(catalog: Catalog, banks: dict[str, Lesson]) -> Lesson:
    click.echo("Which lesson?")
    for each in banks.values():
        click.echo(f"  {each.number}  {each.title} ({len(read_quiz(each.quiz))} questions)")
    numbers = [str(each.number) for each in banks.values()]
    while (typed := read_line("Its number: ")) not in numbers:
        click.echo(f"Type one of {', '.join(numbers)}.")
    click.echo("")
    return catalog.lesson(typed)


def _ask_all(catalog: Catalog, lesson: Lesson) -> int:
    progress = Progress.read(catalog)
    say_of_damage(progress)
    missed = progress.missed.get(lesson.name, [])
    # Python's sort leaves the others in their order.
    questions = sorted(read_quiz(lesson.quiz), key=lambda each: each.id not in missed)
    again = sum(each.id in missed for each in questions)
    if again:
        click.echo(f"What you missed last time comes first: {again} of {len(questions)}.\n")
    right: list[bool] = []
    code = 0
    try:
        for number, question in enumerate(questions, 1):
            head = f"Lesson {lesson.number}, question {number} of {len(questions)}"
            click.echo(click.style(head, bold=True))
            right.append(bool(ask(question)))
            with contextlib.suppress(OSError):  # asked all the same, wherever it can be kept
                progress.answer(lesson.name, question, right[-1])
            _show_proof(question.proof(catalog.root))
    except Left as left:
        code = left.code
        click.echo("Until next time.")
    if right:
        click.echo(f"{sum(right)} of {len(right)} right.")
    if len(right) < len(questions):
        click.echo(f"To take it again: remodel quiz {lesson.number}")
    elif not all(right):
        click.echo(f"The reasons stand in {catalog.layout.relative(lesson.page)}")
    return code


def _show_proof(proof: Proof) -> None:
    """The steps of the experiment that tell, and where it stands."""
    if proof.shown:
        click.echo(f"\nWhat happens:\n\n{proof.telling_steps}\n")
    file, _, test = proof.test.partition("::")
    click.echo(f"Proved in {file},\n  {test}\n")


COMMANDS = (quiz,)
