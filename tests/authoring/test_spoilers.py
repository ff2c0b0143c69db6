"""The spoilers of `remodel dev spoil`: two catalogues, and what of them is there to be refused."""

import ast

import pytest

from remodel.authoring.mutants import held_out, held_out_sql
from remodel.authoring.mutants.spoilers import Spoiled, spoiled, spoilers, try_spoilers
from remodel.course.catalog import find_course
from remodel.database.value_changes import CATALOGUE, ValueChange

SLUG = "add-a-column"


def test_b_is_more_than_a_says_in_other_words() -> None:
    """Forty changes of values at least, a score of which A does not have; rows, schema, …"""
    known = [c for c in held_out.VALUES if any(_same(c, each) for each in CATALOGUE)]
    assert len(held_out.VALUES) - len(known) >= 20
    others = (held_out_sql.ROWS, held_out_sql.SCHEMA, held_out_sql.COMMITS, held_out_sql.MODELS)
    assert len(held_out.VALUES) >= 40
    assert all(others)


def _same(one: ValueChange, other: ValueChange) -> bool:
    """Whether both do the same to the examples of either."""
    values = [each for each in (*one.examples, *other.examples) if each is not None]
    kinds = {*one.kinds} & {*other.kinds}
    return bool(kinds) and all(one.change(each) == other.change(each) for each in values)


def test_each_change_of_b_alters_its_own_examples() -> None:
    """A change that alters nothing would be refused by nobody."""
    idle = [c.name for c in held_out.VALUES if not all(map(c.alters, c.examples))]
    assert idle == []


@pytest.mark.parametrize("slug", [SLUG, "enum-grows"])
def test_each_spoiler_is_a_program_of_its_own(slug: str) -> None:
    """All of them can be read, and none is another or the solution itself, on either engine."""
    exercise = find_course().exercise(slug)
    made = [tuple(sorted(files.items())) for files in spoiled(exercise).values()]
    assert len(set(made)) == len(made) == len(list(spoilers(engine=exercise.database)))
    for files in made:
        for file, content in files:
            if file.endswith(".py"):
                ast.parse(content)


def test_what_alters_nothing_counts_for_nothing() -> None:
    """A rate is of those that alter a row which could be there."""
    outcome = Spoiled(SLUG, {"A": 4, "B": 3}, ["B, upgrade: x"], ["A, upgrade: y"])
    assert outcome.rate("A") == (3, 3)
    assert outcome.rate("B") == (2, 3)


@pytest.mark.parametrize("sample", [5, pytest.param(60, marks=pytest.mark.slow)])
def test_all_of_a_is_refused(sample: int) -> None:
    """The rows of a grader hold what each of its changes alters."""
    outcome = try_spoilers(find_course(), find_course().exercise(SLUG), sample)
    assert [name for name in outcome.survived if name.startswith("A")] == []
