"""Variants: the same exercise with other names in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """The names that one variant of an exercise uses; variant 0 is the published one."""

    #: Each name of variant 0, with the names that the others have for it.
    names: Mapping[str, tuple[str, ...]]
    number: int = 0

    @property
    def numbers(self) -> range:
        """The variants there are."""
        return range(1 + max((len(others) for others in self.names.values()), default=0))

    def translate(self, text: str) -> str:
        """`text`, which speaks of variant 0, in the names of this one."""
        if not self.number:
            return text
        longest_first = sorted(self.names, key=len, reverse=True)
        return re.sub(
            "|".join(map(re.escape, longest_first)),
            lambda match: self.names[match[0]][self.number - 1],
            text,
        )

    def names_of(self, number: int) -> set[str]:
        """The names that tell variant `number` from the others."""
        return {(name, *others)[number] for name, others in self.names.items()}
