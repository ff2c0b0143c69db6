"""The rows that a grader fills tables with: values vary with the seed, the awkward kinds never."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from remodel.database.random_rows import DEFAULT_COUNT, make_rows
from remodel.database.schema import Column, ForeignKey, Index, Table

NAME = Column("name", "VARCHAR(80)", nullable=True)
TABLE = Table(
    "furniture",
    {
        "id": Column("id", "INTEGER", False, primary_key=1),
        "name": NAME,
        "bought_on": Column("bought_on", "DATE", True),
        "price": Column("price", "INTEGER", False),
        "room_id": Column("room_id", "INTEGER", False),
    },
    frozenset({ForeignKey(("room_id",), "room", ("id",))}),
)
PARENTS = {"room.id": [3, 5, 8]}


def rows(seed: str, count: int = DEFAULT_COUNT) -> list[dict[str, Any]]:
    """The furniture of one seed."""
    return make_rows(TABLE, count, seed, PARENTS)


@pytest.mark.parametrize("seed", [str(n) for n in range(50)])
def test_every_awkward_kind_is_there_whatever_the_seed(seed: str) -> None:
    """NULL, duplicate, empty, quote, colon, unicode, longest, number as text, percent."""
    names = [row["name"] for row in rows(seed)]
    texts = [name for name in names if isinstance(name, str)]
    assert None in names
    assert len(set(texts)) < len(texts)
    assert max(map(len, texts)) == 80
    for awkward in ("", "O'Brien", ":tag", "漢", "12", "%s", " blank "):
        assert any(text == awkward or (awkward and awkward in text) for text in texts), awkward


def test_two_seeds_give_other_values() -> None:
    """Nothing can be learned by heart."""
    assert rows("1") != rows("2")


def test_every_python_here_makes_the_same_rows() -> None:
    """A seed that a student reports repeats the failure on the teacher's machine."""
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); "
        "import test_random_rows; print(ascii(test_random_rows.rows('7')))"
    )
    other = subprocess.run(
        [sys.executable, "-R", "-c", script], capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == ascii(rows("7"))


def test_a_unique_column_gets_no_value_twice() -> None:
    """Rows that the table itself would refuse are no test of a migration."""
    unique = Table("room", {"name": NAME}, uniques=frozenset({Index(("name",))}))
    names = [row["name"] for row in make_rows(unique, DEFAULT_COUNT, "1", {})]
    texts = [name for name in names if name is not None]
    assert len(set(texts)) == len(texts)


def test_every_parent_has_children() -> None:
    """A parent without children would hide a child that is lost."""
    assert {row["room_id"] for row in rows("1")} == {3, 5, 8}


def test_ids_have_gaps() -> None:
    """A migration that numbers rows anew is found out."""
    ids = [row["id"] for row in rows("1")]
    assert ids != list(range(1, len(ids) + 1))
    assert ids == sorted(set(ids))
