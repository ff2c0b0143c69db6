"""A field of a form, and how what is typed into it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Options = Sequence[tuple[object, str]]


@dataclass(frozen=True)
class Field:
    """One field of a form, named after the column that it fills."""

    name: str
    label: str
    kind: str = "text"
    limit: int = 80
    required: bool = False
    most: int = 999

    def read(self, text: str, options: Options = ()) -> object:
        """Turn what was typed into the value of the column."""
        if not text and self.required:
            raise ValueError(f"{self.label} is needed.")
        if len(text) > self.limit or "\0" in text:
            raise ValueError(f"{self.label} holds {self.limit} ordinary characters at most.")
        if self.kind == "choice":
            return chosen(text, options)
        if self.kind == "date" and text:
            return day(text)
        if self.kind == "number" and text:
            return whole_number(text, self.most)
        return text or None


def chosen(text: str, options: Options) -> object:
    """Find the value that a choice stands for."""
    for value, _ in options:
        if str(value) == text:
            return value
    raise ValueError("Choose one from the list.")


def day(text: str) -> date:
    """Read a day as the date field of a browser writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("Write the day as year-month-day, such as 2026-01-31.") from None


def whole_number(text: str, most: int) -> int:
    """Read a whole number of a size that a house has a use for."""
    try:
        number = int(text)
    except ValueError:
        raise ValueError("Write a whole number, such as 2 or -1.") from None
    if abs(number) > most:
        raise ValueError(f"Write a number between {-most} and {most}.")
    return number
