"""When a card comes back: the same days as on the site, whose rule is in docs/assets/cards.js."""

from datetime import date, timedelta
from typing import Annotated

import msgspec

#: A card in box n comes back after DAYS[n] days. Box 0 is today's.
DAYS = (0, 1, 2, 4, 8, 16)


class CardMemory(msgspec.Struct, frozen=True):
    """How well a card is known, and the day from which it is asked for again."""

    box: Annotated[int, msgspec.Meta(ge=0, lt=len(DAYS))]
    #: A day as 2026-01-31: such texts have the order of the days.
    due: str

    def is_due(self, today: date) -> bool:
        """Whether it is to be asked for on that day."""
        return self.due <= today.isoformat()


#: A card that was never asked for.
NEW = CardMemory(0, "")


def after(memory: CardMemory, knew: bool, today: date) -> CardMemory:
    """What to remember of a card that was asked for `today`."""
    box = min(memory.box + 1, len(DAYS) - 1) if knew else 0
    return CardMemory(box, (today + timedelta(DAYS[box])).isoformat())
