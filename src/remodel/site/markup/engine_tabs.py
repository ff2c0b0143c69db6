"""What the same migration does on each database, as tabs: all of them beside each other, or one.

Whoever chooses a database in one place has chosen it on every page, since the tabs are linked by
their names.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from remodel.course.autogenerate_cases import ENGINES
from remodel.course.dialect_cases import read_dialect_outcomes, select_dialect_cases
from remodel.course.layout import Layout
from remodel.site.reference.dialects import of_one_engine, row_of, side_by_side

#: The name of the tab that has every database; short, to leave room for the others on a phone.
TOGETHER = "All"
#: A cell that says how something ended, and the class of each sign.
ENDED = re.compile(r"(?<=\| )([✓⚠]) [^|]+(?= \|)")
CLASSES = {"✓": "kept", "⚠": "lost"}


def engine_tabs(root: Path, cases: Path, name: str) -> Iterator[str]:
    """The Markdown of the tabs for the case called `name`; raises CourseError."""
    [case] = select_dialect_cases(cases, [name])
    row = row_of(case, read_dialect_outcomes(Layout(root).dialect_outcomes))
    yield from _tab(TOGETHER, side_by_side(case, row))
    for engine, outcome in zip(ENGINES.values(), row, strict=True):
        yield from _tab(engine, of_one_engine(case, outcome, engine))


def _tab(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f'=== "{title}"', "", *(f"    {_coloured(line)}".rstrip() for line in lines), "")


def _coloured(line: str) -> str:
    return ENDED.sub(lambda cell: f'<span class="{CLASSES[cell[1]]}">{cell[0]}</span>', line)
