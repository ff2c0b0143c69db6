"""Edits of a text: one is made where the place meant is the only one, or shown as a diff."""

import difflib
from pathlib import Path

from remodel.errors import CourseError


def replace_once(text: str, old: str, new: str, name: str) -> str:
    """`text`, which is called `name`, with `new` for `old`; raises CourseError."""
    if text.count(old) != 1:
        raise CourseError(
            f"{name} must hold {old!r} once, and holds it {text.count(old)} times. Name one place."
        )
    return text.replace(old, new)


def replace_in_file(folder: Path, file: str, old: str, new: str) -> tuple[str, str]:
    """Edit `file` of `folder`; returns the text before and after. Raises CourseError."""
    before = (folder / file).read_text(encoding="utf-8")
    after = replace_once(before, old, new, file)
    (folder / file).write_text(after, encoding="utf-8", newline="\n")
    return before, after


def diff_lines(old: str, new: str, names: tuple[str, str] = ("", ""), around: int = 3) -> list[str]:
    """What was taken out and put in, with as many lines `around` each place."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), *names, lineterm="", n=around)
    return [line.rstrip() for line in lines]
