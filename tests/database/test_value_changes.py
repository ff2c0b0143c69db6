"""The catalogue of value changes: each is what it says, and can be told from the next."""

from collections import Counter

from remodel.database.schema import Column
from remodel.database.value_changes import CATALOGUE, ENGINES, KINDS


def test_a_change_alters_each_of_its_examples() -> None:
    """In value or in type; an example that it leaves alone would show nothing."""
    idle = [(x.name, value) for x in CATALOGUE for value in x.examples if not x.alters(value)]
    assert idle == []
    assert all(change.examples for change in CATALOGUE)


def test_a_change_says_which_code_does_it() -> None:
    """In one line, with kinds and engines that there are."""
    for change in CATALOGUE:
        assert change.code and "\n" not in change.code, change.name
        assert set(change.kinds) <= set(KINDS) and set(change.engines) <= set(ENGINES), change.name


def test_there_are_many_and_none_is_there_twice() -> None:
    """A name means one change of one kind of value."""
    counted = Counter((change.name, kind) for change in CATALOGUE for kind in change.kinds)
    assert len(CATALOGUE) >= 80
    assert [name for name, times in counted.items() if times > 1] == []


def test_a_change_is_a_function_of_the_value_alone() -> None:
    """It ends, and says the same twice, for values that it was not made for."""
    for value in (None, "", "oak", "2024-02-30", -1, 2**40, 0.5, b"oak", "\0", "x" * 4000):
        for change in CATALOGUE:
            assert change.change(value) == change.change(value), change.name


def test_what_a_column_cannot_hold_is_not_reachable() -> None:
    """Length, NULL and engine decide."""
    by_name = {change.name: change for change in CATALOGUE}
    short, long = Column("code", "VARCHAR(20)", False), Column("note", "TEXT", True)
    assert not by_name["cut at 40"].examples_for(short)
    assert by_name["cut at 40"].examples_for(long)
    assert not by_name["NULL to ''"].examples_for(short)
    assert by_name["NULL to ''"].examples_for(long) == [None]
    assert not by_name["cut at NUL"].examples_for(long, engine="PostgreSQL")
    assert not by_name["without its sign"].examples_for(long)
