"""An author names a notebook or a diagram as a lesson: by name, or by number."""

from pathlib import Path

import pytest

from remodel.errors import RemodelError
from remodel.site.chosen import chosen_files

FILES = [Path(f"{name}.mmd") for name in ("01-a-row", "07-a-release", "07-contract", "rooms")]


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ([], [0, 1, 2, 3]),
        (["7"], [1, 2]),
        (["07"], [1, 2]),
        (["rooms", "1"], [0, 3]),
        (["07-a-release"], [1]),
    ],
)
def test_a_number_names_all_of_its_lesson(names: list[str], chosen: list[int]) -> None:
    """Names choose in the order of the files; without any, all are chosen."""
    assert chosen_files("diagram", FILES, names) == [FILES[each] for each in chosen]


@pytest.mark.parametrize("name", ["0", "07-a", "row"])
def test_a_part_of_a_name_names_nothing(name: str) -> None:
    """It is refused, even beside a name that is known."""
    with pytest.raises(RemodelError, match=r"No diagram is called .* There are 01-a-row, "):
        chosen_files("diagram", FILES, ["rooms", name])
