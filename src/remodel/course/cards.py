"""Cards for recall: a file a lesson, each card a question and one or two sentences."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from remodel.course.toml_file import Text, TomlStruct, read_struct, refuse_twins


class Card(TomlStruct):
    """One card. Its id is what the learner's browser remembers it by."""

    id: Text
    front: Text
    back: Text


class CardFile(TomlStruct):
    """A file of cards."""

    cards: tuple[Card, ...] = msgspec.field(name="card", default=())


def read_cards(file: Path) -> list[Card]:
    """The cards in `file`; raises CourseError, with the line, where one is malformed."""
    cards = read_struct(file, CardFile).cards
    refuse_twins(file, "card", [card.id for card in cards])
    return list(cards)


def as_markdown(cards: list[Card], file: str) -> Iterator[str]:
    """The cards of `file` for a page, between the comments that remodel.site_markup looks for."""
    yield from (f"<!-- cards {file} -->", "", "| Front | Back |", "|---|---|")
    for card in cards:
        front, back = (side.strip().replace("|", "\\|") for side in (card.front, card.back))
        yield f"| {front} | {back} |"
    yield from ("", "<!-- /cards -->")
