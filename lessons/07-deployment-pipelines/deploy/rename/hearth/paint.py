"""A room while its column `colour` becomes `paint`."""

import os

from sqlalchemy import String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import flag_modified


def reads_paint() -> bool:
    """What the feature flag says."""
    return os.environ.get("HEARTH_READ_PAINT") == "1"


class Painted:
    """What Room inherits from revision 0016 on, until `colour` is dropped."""

    old_colour: Mapped[str | None] = mapped_column("colour", String(30))
    paint: Mapped[str | None] = mapped_column(String(30))

    # Forms, pages and queries say `colour`, and never learn that there are two.
    @hybrid_property
    def colour(self) -> str | None:
        """The colour, from the column that the flag chooses."""
        return self.paint if reads_paint() else self.old_colour

    @colour.inplace.setter
    def _set_both(self, value: str | None) -> None:
        self.old_colour = self.paint = value
        # SQLAlchemy writes what has changed since the row was read. The copy may have filled
        # `paint` in the meantime, so both are written, whatever this object knows of them.
        flag_modified(self, "old_colour")
        flag_modified(self, "paint")

    @colour.inplace.expression
    def _in_a_query(cls):
        return (cls.paint if reads_paint() else cls.old_colour).expression

    @colour.inplace.update_expression
    def _in_an_update(cls, value):
        return [(cls.old_colour, value), (cls.paint, value)]
