"""A field of a form, and how what is typed into it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

Options = Sequence[tuple[object, str]]


@dataclass(frozen=True)
class Field:
    """One field of a form, named after the column that it fills."""

    name: str
    label: str
    kind: str = "text"
    limit: int = 80
    required: bool = False

    def read(self, text: str, options: Options = ()) -> object:
        """Turn what was typed into the value of the column."""
        if not text and self.required:
            raise ValueError(f"{self.label} is needed.")
        if len(text) > self.limit or "\0" in text:
            raise ValueError(f"{self.label} holds {self.limit} ordinary characters at most.")
        if self.kind == "choice":
            return chosen(text, options)
        return text or None


def chosen(text: str, options: Options) -> object:
    """Find the value that a choice stands for."""
    for value, _ in options:
        if str(value) == text:
            return value
    raise ValueError("Choose one from the list.")
