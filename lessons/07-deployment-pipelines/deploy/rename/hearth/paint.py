"""A room while its column `colour` becomes `paint`."""

import os

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class Painted:
    """What Room inherits from revision 0016 on, until `colour` is dropped."""

    old_colour: Mapped[str | None] = mapped_column("colour", String(30))
    paint: Mapped[str | None] = mapped_column(String(30))

    # Forms and pages say `room.colour`, and never learn that there are two.
    @property
    def colour(self) -> str | None:
        """The colour, from the column that the flag chooses."""
        read_paint = os.environ.get("HEARTH_READ_PAINT") == "1"
        return self.paint if read_paint else self.old_colour

    @colour.setter
    def colour(self, value: str | None) -> None:
        self.old_colour = self.paint = value
