"""Files of the course that an author names, by their names or by a lesson's number."""

from collections.abc import Sequence
from pathlib import Path

from remodel.errors import RemodelError


def chosen_files(kind: str, files: Sequence[Path], names: Sequence[str]) -> list[Path]:
    """Those of `files` that `names` name, or all; raises RemodelError where a name is unknown."""
    for name in names:
        if not any(_is_named(file, name) for file in files):
            known = ", ".join(file.stem for file in files)
            raise RemodelError(f"No {kind} is called {name!r}. There are {known}.")
    return [f for f in files if not names or any(_is_named(f, name) for name in names)]


def _is_named(file: Path, name: str) -> bool:
    """By its whole name, or as lessons are: 5, 05."""
    number = file.stem.split("-")[0]
    both_numbers = number.isdecimal() and name.isdecimal()
    return name == file.stem or (both_numbers and int(number) == int(name))
