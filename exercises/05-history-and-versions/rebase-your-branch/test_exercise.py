"""Grades "Rebase your branch"."""

import pytest


@pytest.mark.needs("test_there_is_one_head")
@pytest.mark.misconception("a-fork-costs-nothing")
def test_the_history_is_a_straight_line(project):
    """The history is a straight line: your revision stands on 0005, and on nothing else."""
    below = project.exercise.deployed[-1]
    for revision in project.new_revisions:
        stands_on = " and ".join(revision.down)
        assert stands_on == below, f"{revision.file} stands on {stands_on}, not on {below} alone."
        below = revision.id


@pytest.mark.needs("test_the_schema_is_the_goal")
@pytest.mark.misconception("a-new-column-may-invent-values")
def test_the_old_furniture_has_nothing_invented(project):
    """Nobody has told the app more about old furniture yet, so its new column is empty."""
    name = project.word("maker")
    invented = set(project.populated().upgrade().rows("furniture", name)) - {None}
    assert not invented, f"Old furniture must hold NULL in {name}; it holds {invented.pop()!r}."
