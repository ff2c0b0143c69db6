"""`remodel quiz --inventory`: twelve questions before the course and after it."""

from collections.abc import Iterator, Sequence
from datetime import date

import click

from remodel.cli.asking import Left, read_number
from remodel.cli.drawn_quiz import belief_lines, question_lines
from remodel.cli.output import say_of_damage
from remodel.cli.shell import wrapped
from remodel.course.catalog import Catalog
from remodel.course.families import Families
from remodel.course.inventory import (
    TIMES,
    Asked,
    Idea,
    InventoryAnswers,
    When,
    gains,
    read_inventory,
)
from remodel.playground.progress import Progress


def take_stock(catalog: Catalog, when: When) -> int:
    """Ask for all ideas without a word on what is right, and keep the answers as a whole."""
    ideas, progress = read_inventory(catalog.layout), Progress.read(catalog)
    say_of_damage(progress)
    click.echo(
        wrapped(
            f"{len(ideas)} questions, one for each idea. What is right is not said meanwhile: "
            "answer what you think, and do not look it up.\n",
            "",
        )
    )
    try:
        answers = {
            idea.family: _ask(catalog, idea, when, f"{number} of {len(ideas)}")
            for number, idea in enumerate(ideas, 1)
        }
    except Left as left:
        click.echo("It counts as a whole, so nothing was kept. Until next time.")
        return left.code
    progress.take_stock(when, InventoryAnswers(date.today(), answers))
    click.echo("\n".join(_lines(catalog, ideas, progress)))
    return 0


def _ask(catalog: Catalog, idea: Idea, when: When, count: str) -> str:
    """Ask one question; returns the belief that the answer shows, or ""."""
    from remodel.experiments.questions.drawing import draw

    question = draw(Families(catalog), idea.family, idea.seed(when))
    click.echo(click.style(f"Question {count}", bold=True))
    click.echo("\n".join(question_lines(question)))
    number = read_number(len(question.options))
    assert number  # nothing may be skipped
    click.echo("")
    return question.options[number - 1].belief


def _lines(catalog: Catalog, ideas: Sequence[Idea], progress: Progress) -> Iterator[str]:
    """How many were right; after the course, idea by idea."""
    asked = progress.inventory
    now = asked.get("after") or asked["before"]
    yield f"{sum(map(now.knows, ideas))} of {len(ideas)} right."
    if "after" not in asked:
        yield "After the course: remodel quiz --inventory after"
        return
    yield from ("", *_table(ideas, asked))
    yield from belief_lines(catalog, progress)


def _table(ideas: Sequence[Idea], asked: Asked) -> Iterator[str]:
    width = max(len(idea.title) for idea in ideas)
    yield f"{'':<{width}}  before  after"
    for idea in ideas:
        cells = ("✓" if asked[w].knows(idea) else "–" if w in asked else "" for w in TIMES)
        before, after = cells
        yield f"{idea.title:<{width}}  {before:^6}  {after:^5}".rstrip()
    if "before" in asked:
        gained = gains(ideas, [asked])
        left = sum(each.learners - each.before for each in gained)
        learned = sum(each.after > each.before for each in gained)
        yield f"Of the {left} ideas that you did not know before, you know {learned} now."
