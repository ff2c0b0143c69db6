"""A room while its column `colour` becomes `paint`: both are written, a flag says which is read."""

import os

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class Painted:
    """What Room inherits between revision 0016 and 0017."""

    old_colour: Mapped[str | None] = mapped_column("colour", String(30))
    paint: Mapped[str | None] = mapped_column(String(30))

    # Forms and templates go on saying `room.colour`, and never learn that there are two.
    @property
    def colour(self) -> str | None:
        """The colour, from the column that HEARTH_READ_PAINT chooses."""
        return self.paint if os.environ.get("HEARTH_READ_PAINT") == "1" else self.old_colour

    @colour.setter
    def colour(self, value: str | None) -> None:
        self.old_colour = self.paint = value
