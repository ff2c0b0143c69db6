"""A file before and after a lesson, as two tabs with the lines marked that differ."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from remodel.errors import CourseError


def compared(after: Path, before: str) -> Iterator[str]:
    """The Markdown of the tabs for the file `after`, which the lesson `before` has as well."""
    folder = next(each for each in after.parents if (each.parent / before).is_dir())
    old_file = folder.parent / before / after.relative_to(folder)
    if not old_file.is_file():
        raise CourseError(f"{old_file} is missing: there is nothing to compare {after} with.")
    old, new = (each.read_text(encoding="utf-8").splitlines() for each in (old_file, after))
    changes = [
        change
        for change in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        if change[0] != "equal"
    ]
    yield from _tab("After", new, [range(change[3], change[4]) for change in changes])
    yield from _tab("Before", old, [range(change[1], change[2]) for change in changes])


def _tab(title: str, lines: Sequence[str], changed: Sequence[range]) -> Iterator[str]:
    marked = " ".join(str(at + 1) for each in changed for at in each if lines[at].strip())
    marks = f' hl_lines="{marked}"' if marked else ""
    yield from (f'=== "{title}"', "", f"    ```python{marks}")
    yield from (f"    {line}".rstrip() for line in lines)
    yield from ("    ```", "")
