"""The rows that a grader fills tables with: values vary with the seed, what they can show never."""

import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from remodel.database.random_rows import Wishes, fits_anywhere, make_rows
from remodel.database.schema import Column, ForeignKey, Index, Table
from remodel.database.value_changes import CATALOGUE, kind_in

NAME = Column("name", "VARCHAR(80)", nullable=True)
TABLE = Table(
    "furniture",
    {
        "id": Column("id", "INTEGER", False, primary_key=1),
        "name": NAME,
        "bought_on": Column("bought_on", "DATE", True),
        "seen_at": Column("seen_at", "DATETIME", True),
        "price": Column("price", "NUMERIC", False),
        "pieces": Column("pieces", "INTEGER", True),
        "fragile": Column("fragile", "BOOLEAN", False),
        "note": Column("note", "TEXT", True),
        "code": Column("code", "VARCHAR(20)", False),
        "room_id": Column("room_id", "INTEGER", False),
    },
    frozenset({ForeignKey(("room_id",), "room", ("id",))}),
)
KEYS = [3, 5, 8, 102, 1003, 40_500, 81_000, 2**31 - 5001]
PARENTS = {"room.id": KEYS}
SEEDS = [str(n) for n in range(20)]
each_seed = pytest.mark.parametrize("seed", SEEDS)


def rows(seed: str, count: int | None = None) -> list[dict[str, Any]]:
    """The furniture of one seed."""
    return make_rows(TABLE, count, seed, PARENTS)


@each_seed
def test_each_reachable_change_would_alter_a_row_whatever_the_seed(seed: str) -> None:
    """Of every kind of column, for every change of the catalogue that its type can show."""
    made = rows(seed)
    for column in TABLE.columns.values():
        kind = kind_in(TABLE, column)
        values = [row[column.name] for row in made]
        reachable = [change for change in CATALOGUE if change.examples_for(column, kind)]
        assert len(reachable) >= 8, column.name
        missing = [each.name for each in reachable if not any(map(each.alters, values))]
        assert missing == [], column.name


@each_seed
def test_a_text_fills_its_column_and_one_is_longer(seed: str) -> None:
    """One sign less is a loss, whatever the length; and SQLite holds more than a type says."""
    made = rows(seed)
    for name, length, longest in (("name", 80, 101), ("code", 20, 41), ("note", 3000, 3000)):
        lengths = {len(row[name] or "") for row in made}
        assert length in lengths and max(lengths) == longest


def test_a_form_lets_no_text_in_that_its_column_does_not_hold() -> None:
    """Nor one with a NUL: where forms alone have written, there is none."""
    made = make_rows(TABLE, None, "1", PARENTS, Wishes(by_forms=True))
    names = [row["name"] for row in made if row["name"]]
    assert max(map(len, names)) == 80 and not any("\0" in name for name in names)


@each_seed
def test_parents_have_no_one_and_many_children(seed: str) -> None:
    """They are never dealt out in turn."""
    counts = Counter(row["room_id"] for row in rows(seed))
    children = {counts[key] for key in KEYS}
    assert {0, 1} <= children and max(children) > 5
    assert counts[max(KEYS)] > 1


@each_seed
def test_one_parent_of_many_has_more_than_a_handful_of_children(seed: str) -> None:
    """However many parents there are: where rows are dealt out evenly, none has."""
    keys = list(range(1, 121))
    made = make_rows(TABLE, None, seed, {"room.id": keys})
    counts = Counter(row["room_id"] for row in made)
    assert counts[120] >= 15
    assert {counts[key] for key in keys} >= {0, 1}


@each_seed
def test_some_rows_are_alike_in_all_but_the_id(seed: str) -> None:
    """A migration that takes twins for duplicates is found out."""
    found = Counter(tuple(v for k, v in row.items() if k != "id") for row in rows(seed))
    assert max(found.values()) >= 3


@each_seed
def test_each_pair_of_states_occurs(seed: str) -> None:
    """NULL beside NULL, '' beside yes, a value beside no, for every two columns."""
    made = rows(seed)
    texts, others = ("name", "note"), ("bought_on", "seen_at", "pieces")
    states: dict[str, tuple[Any, ...]] = {
        **dict.fromkeys(texts, (None, "", "x")),
        **dict.fromkeys(others, (None, "x")),
    }
    states["fragile"] = (0, 1)
    for one, other in itertools.combinations(states, 2):
        seen = {(state(row, one), state(row, other)) for row in made}
        assert seen >= set(itertools.product(states[one], states[other])), (one, other)


def state(row: dict[str, Any], name: str) -> Any:
    value = row[name]
    return value if value in (None, "") or name == "fragile" else "x"


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


@each_seed
def test_a_unique_column_gets_no_value_twice(seed: str) -> None:
    """Rows that the table itself would refuse are no test of a migration."""
    unique = Table("room", {"name": NAME}, uniques=frozenset({Index(("name",))}))
    names = [row["name"] for row in make_rows(unique, None, seed, {})]
    texts = [name for name in names if name is not None]
    assert len(texts) > 60
    assert len(set(texts)) == len(texts)


@each_seed
def test_ids_have_gaps_and_grow_large(seed: str) -> None:
    """A migration that numbers rows again, or ends after a thousand, is found out."""
    numbers = [row["id"] for row in rows(seed)]
    assert numbers == sorted(set(numbers))
    assert numbers != list(range(1, len(numbers) + 1))
    assert 2**30 < numbers[-1] < 2**31 - 1000
    assert sum(number > 1000 for number in numbers) > 3


@each_seed
def test_some_ids_of_a_large_table_do_not_fit_into_32_bits(seed: str) -> None:
    """And some just do, more than a thousand do easily, and a few are not above 0."""
    numbers = [row["id"] for row in rows(seed, 1200)]
    assert numbers == sorted(set(numbers))
    assert sum(number >= 2**31 for number in numbers) >= 10
    assert sum(2**30 < number < 2**31 for number in numbers) >= 10
    assert sum(number <= 32_767 for number in numbers) > 1000
    assert {-(2**31) - 7, -1, 0} <= set(numbers)


@pytest.mark.parametrize("count", [1, 2, 6, 16, 40, 800])
def test_there_are_as_many_rows_as_were_asked_for(count: int) -> None:
    """However few or many."""
    assert len(rows("1", count)) == count


def test_an_exercise_may_say_what_a_column_holds() -> None:
    """Values that it wishes for besides, twice each; or these alone, in turn."""
    wishes = Wishes(only={"code": ["a", "b"]}, besides={"name": ["unknown yet"]})
    made = make_rows(TABLE, None, "1", PARENTS, wishes)
    assert Counter(row["name"] for row in made)["unknown yet"] >= 2
    codes = Counter(row["code"] for row in made)
    assert codes.keys() == {"a", "b"} and abs(codes["a"] - codes["b"]) <= 1


def test_ids_begin_behind_those_that_are_there() -> None:
    """Rows that come later do not take the number of another."""
    assert make_rows(TABLE, None, "1", PARENTS, after=40)[0]["id"] > 40


def test_a_parent_that_may_have_one_child_has_one() -> None:
    """A unique foreign key names each parent once."""
    table = Table(
        "cellar",
        {"room_id": Column("room_id", "INTEGER", False, primary_key=1)},
        frozenset({ForeignKey(("room_id",), "room", ("id",))}),
    )
    assert sorted(row["room_id"] for row in make_rows(table, None, "1", PARENTS)) == KEYS[:6]


@pytest.mark.parametrize("count", [None, 1_200])
def test_rows_for_a_server_hold_nothing_that_sqlite_alone_takes(count: int | None) -> None:
    """No NUL, no text beyond its column, no number and no id beyond 32 bits."""
    wishes = Wishes(by_forms=True, for_servers=True)
    made = make_rows(TABLE, count, "7", PARENTS, wishes)
    assert len(made) > 20
    for row in made:
        for name, value in row.items():
            assert fits_anywhere(TABLE.columns[name], value), (name, value)
