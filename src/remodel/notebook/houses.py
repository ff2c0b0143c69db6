"""In which house the cells are, and in which one the notebook itself runs each of them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from remodel.course.catalog import find_course
from remodel.errors import RemodelError

#: What makes a house: a call in a cell, or an option of `%%into`.
MADE = re.compile(r'\bfresh\("([^"]+)"\)|--(?:fresh|check) (\S+)')
#: What a cell is known by: its prediction, the step that it goes on with, or its first line.
KNOWN_BY = re.compile(r'^(?:predict|go_on)\("([^"]+)"|^(%%into .*)', re.MULTILINE)
RUN_ABOVE = "Run the cells above it first: in Jupyter, Run > Run All Above Selected Cell."


@dataclass
class EnteredHouse:
    """A folder that the cells work in, and how often a cell has written there."""

    name: str
    written: int = 0


_ENTERED: dict[Path, EnteredHouse] = {}


def enter(name: str) -> None:
    """Remember that the folder that we are in is a house begun as `name`."""
    _ENTERED[Path.cwd()] = EnteredHouse(name)


def here() -> EnteredHouse | None:
    """The house that the cells are in."""
    return _ENTERED.get(Path.cwd())


def refuse_elsewhere(known_by: str) -> None:
    """Raise RemodelError where the notebook runs this cell in a house that is not this one."""
    house, meant = here(), _runs_in().get(known_by.strip())
    if house and meant and house.name not in meant:
        raise RemodelError(
            f"This cell is for another house: one further down has begun {house.name!r} since. "
            f"{RUN_ABOVE}"
        )


@cache
def _runs_in() -> Mapping[str, set[str]]:
    """The houses in which the notebooks run each cell that can be known and makes none itself."""
    houses = defaultdict(set)
    for sources in notebook_cells():
        for known_by, house in _places(sources):
            houses[known_by].add(house)
    return houses


def notebook_cells() -> Iterator[list[str]]:
    """What the cells of each notebook of the course hold."""
    for notebook in sorted(find_course().layout.notebooks.glob("*.ipynb")):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        yield ["".join(cell["source"]) for cell in cells]


def _places(sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    house = ""
    for source in sources:
        made = [called or option for called, option in MADE.findall(source)]
        if not made:
            yield from ((name or line.strip(), house) for name, line in KNOWN_BY.findall(source))
        house = made[-1] if made else house
