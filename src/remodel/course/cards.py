"""Cards for recall: a file a lesson, each card a question and one or two sentences."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from remodel.course.toml_file import line_of, read_toml
from remodel.errors import CourseError


@dataclass(frozen=True)
class Card:
    """One card. Its id is what the learner's browser remembers it by."""

    id: str
    front: str
    back: str


KEYS = {field.name for field in fields(Card)}


def read_cards(file: Path) -> list[Card]:
    """The cards in `file`; raises CourseError, with the line, where one is malformed."""
    told = read_toml(file).get("card", [])
    text = file.read_text(encoding="utf-8")
    if not isinstance(told, list):
        raise CourseError(f"{file}: write each card under [[card]].")
    cards: list[Card] = []
    for number, each in enumerate(told):
        wrong = sorted(each.keys() ^ KEYS) or [k for k in sorted(KEYS) if not _is_text(each[k])]
        if wrong:
            place = f"{file}:{line_of(text, 'card', number)}"
            raise CourseError(f"{place}: a card has id, front and back. Look at {wrong[0]!r}.")
        if each["id"] in [known.id for known in cards]:
            place = f"{file}:{line_of(text, 'card', number)}"
            raise CourseError(f"{place}: another card is called {each['id']!r}, too.")
        cards.append(Card(**each))
    return cards


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def as_markdown(cards: list[Card], file: str) -> Iterator[str]:
    """The cards of `file` for a page, between the comments that remodel.site_markup looks for."""
    yield from (f"<!-- cards {file} -->", "", "| Front | Back |", "|---|---|")
    for card in cards:
        front, back = (side.strip().replace("|", "\\|") for side in (card.front, card.back))
        yield f"| {front} | {back} |"
    yield from ("", "<!-- /cards -->")
