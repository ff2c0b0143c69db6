"""What real code does to values on their way: the losses that the rows of a grader must show.

Each change is a pure function, value to value, with the code that does it and with examples of
values that it alters. docs/author/value-changes.md publishes all of them.
"""

from remodel.database.value_changes.change import (
    ENGINES,
    KINDS,
    TEXT_LENGTH,
    ValueChange,
    kind_in,
    kind_of,
    length_of,
)
from remodel.database.value_changes.others import OTHERS
from remodel.database.value_changes.texts import LONG, TEXTS

#: Every change, the most ordinary ones of a kind first.
CATALOGUE = (*TEXTS, *OTHERS)

__all__ = [
    "CATALOGUE",
    "ENGINES",
    "KINDS",
    "LONG",
    "TEXT_LENGTH",
    "ValueChange",
    "kind_in",
    "kind_of",
    "length_of",
]
