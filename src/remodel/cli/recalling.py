"""`remodel cards`: what the lessons taught, asked again after longer and longer times."""

import contextlib
import sys
from datetime import date

import click

from remodel.cli.asking import Left, read_line
from remodel.cli.output import say_of_damage
from remodel.cli.shell import wrapped
from remodel.course.cards import Card, read_cards
from remodel.course.catalog import Catalog, find_course
from remodel.course.families import Families
from remodel.course.lesson import Lesson
from remodel.playground.progress import Progress, next_exercise
from remodel.playground.recall import DAYS, after


@click.command()
@click.argument("lesson", required=False)
def cards(lesson: str | None) -> None:
    """Ask for what lessons taught, on the day when it is due again.

    What you knew comes back after 1, 2, 4, 8 and 16 days. What a wrong answer to a drawn
    question has shown is among it, as a card of its own.

    Without LESSON: the cards that come back today, or else those of the lesson that you are at.
    """
    catalog = find_course()
    progress = Progress.read(catalog)
    say_of_damage(progress)
    deck = _cards_of(catalog.lesson(lesson)) if lesson else _met(catalog, progress)
    if not lesson and not any(progress.card(card.id).is_due(date.today()) for card in deck):
        deck = deck or _cards_of(_at(catalog, progress))
    sys.exit(_ask_all(progress, deck))


def _cards_of(lesson: Lesson) -> list[Card]:
    return read_cards(lesson.cards) if lesson.cards.exists() else []


def _met(catalog: Catalog, progress: Progress) -> list[Card]:
    every = [card for lesson in catalog.lessons.values() for card in _cards_of(lesson)]
    met = [card for card in every if card.id in progress.cards]
    return met + _of_beliefs(catalog, progress)


def _of_beliefs(catalog: Catalog, progress: Progress) -> list[Card]:
    """A card for each belief that an answer to a drawn question has shown."""
    known = Families(catalog).beliefs if progress.beliefs else {}
    return [
        Card(f"belief-{name}", f"“{belief.believes}” It is not so. Why?", belief.reality)
        for name, belief in known.items()
        if name in progress.beliefs
    ]


def _at(catalog: Catalog, progress: Progress) -> Lesson:
    following = next_exercise(catalog, progress)
    lessons = list(catalog.lessons.values())
    return catalog.lessons[following.lesson] if following else lessons[-1]


def _ask_all(progress: Progress, deck: list[Card]) -> int:
    today = date.today()
    queue = [card for card in deck if progress.card(card.id).is_due(today)]
    try:
        while queue:
            click.echo(click.style(f"{_count(len(queue))} left for today", bold=True))
            card = queue.pop(0)
            if not _ask(progress, card, today):
                queue.append(card)
    except Left as left:
        click.echo("Until next time.")
        return left.code
    click.echo(f"That is all for today. {_next_day(progress, deck)}".rstrip())
    return 0


def _count(number: int) -> str:
    return "1 card is" if number == 1 else f"{number} cards are"


def _ask(progress: Progress, card: Card, today: date) -> bool:
    """Show both sides, and remember whether the learner knew the back."""
    click.echo(wrapped(card.front))
    read_line("Say it, then press Enter: ")
    click.echo(wrapped(card.back))
    while (typed := read_line("Did you know it? y or n: ").lower()) not in ("y", "n"):
        click.echo("Type y or n.")
    memory = after(progress.card(card.id), typed == "y", today)
    with contextlib.suppress(OSError):  # asked all the same, wherever it can be kept
        progress.remember_card(card.id, memory)
    days = DAYS[memory.box]
    back = f"in {days} {'day' if days == 1 else 'days'}" if days else "today"
    click.echo(f"It comes back {back}.\n")
    return typed == "y"


def _next_day(progress: Progress, deck: list[Card]) -> str:
    days = [progress.card(card.id).due for card in deck]
    return f"The next card comes back on {min(days)}." if days else ""


COMMANDS = (cards,)
