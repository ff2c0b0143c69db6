"""Cards as a table that can be read and printed; docs/assets/cards.js makes a deck of it."""

import html
from collections.abc import Iterable

from remodel.course.cards import Card
from remodel.course.quiz import inline


def card_table(cards: Iterable[Card]) -> str:
    """Both sides of each card, side by side."""
    rows = "\n".join(
        f'<tr data-card="{html.escape(card.id)}"><td>{inline(card.front)}</td>'
        f"<td>{inline(card.back)}</td></tr>"
        for card in cards
    )
    head = '<thead><tr><th scope="col">Front</th><th scope="col">Back</th></tr></thead>'
    return f'<table class="cards">\n{head}\n<tbody>\n{rows}\n</tbody>\n</table>'
