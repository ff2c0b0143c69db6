"""Grades "An enum gets one more word"."""

from itertools import product

import pytest


def lost(row):
    """Whether a piece has to become lost."""
    return row["condition"] is None and row["value"] == "lost"


def with_some_lost(project):
    """Some rows say that they are lost, whatever else is said of them; returns what they were."""
    said = list(product(("'lost'", "'Lost'", "' lost'", "'not lost'", "NULL"), ("NULL", "'good'")))
    rows = [row["id"] for row in project.rows("furniture")][-len(said) :]
    assert len(rows) == len(said)
    project.drift(
        "".join(
            f"UPDATE furniture SET value = {value}, condition = {condition} WHERE id = {number};"
            for number, (value, condition) in zip(rows, said, strict=True)
        )
    )
    return project.rows("furniture")


def must_say_who_is_lost(project, before):
    """Refuse where a piece has not the condition that it should have, or another value."""
    now = {row["id"]: row for row in project.rows("furniture")}
    for row in before:
        said = f"A piece with the condition {row['condition']!r} and the value {row['value']!r}"
        assert row["id"] in now, f"{said} is gone."
        wanted = {**row, "condition": "lost" if lost(row) else row["condition"]}
        for column, value in wanted.items():
            there = now[row["id"]][column]
            assert there == value, f"{said} has the {column} {there!r} now, not {value!r}."


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-word-says-what-a-thing-is")
def test_only_pieces_that_nobody_has_looked_at_are_lost(project):
    """What has no condition, and the value lost, is lost now; no other piece is."""
    before = with_some_lost(project.populated())
    must_say_who_is_lost(project.upgrade(), before)


@pytest.mark.misconception("a-revision-runs-to-its-end")
def test_production_reaches_the_head(project):
    """Where a first try has left the word in the type, the upgrade does the rest."""
    before = with_some_lost(project.deployment("production"))
    must_say_who_is_lost(project.upgrade().must_be_in_order(), before)


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_what_people_call_lost_comes_back(project):
    """A piece that people have called lost since has no condition after the downgrade."""
    with_some_lost(project.populated())
    project.upgrade()
    last = max(row["id"] for row in project.rows("furniture"))
    project.drift(f"UPDATE furniture SET condition = 'lost', value = '15' WHERE id = {last}")
    kept = {row["id"]: row for row in project.rows("furniture")}
    for row in project.downgrade("0009").rows("furniture"):
        was = kept.pop(row["id"])["condition"]
        wanted = None if was == "lost" else was
        assert row["condition"] == wanted, f"{was!r} became {row['condition']!r}, not {wanted!r}."
    assert not kept, f"{len(kept)} pieces are gone after the downgrade."
