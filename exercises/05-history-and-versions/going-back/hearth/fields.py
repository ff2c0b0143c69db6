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
            return year(text)
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


def year(text: str) -> int:
    """Read a year in which people bought furniture."""
    if not text.isdecimal() or not 1 <= int(text) <= 9999:
        raise ValueError("Write the year in figures, such as 2019.")
    return int(text)
