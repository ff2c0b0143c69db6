"""What is tried on some exercises at every merge and on the others at night: it takes minutes."""

from collections.abc import Collection

import pytest

from remodel.authoring.content_rules import about, shipped_answers
from remodel.course.catalog import find_course
from remodel.course.exercise import Exercise

EXERCISES = find_course().exercises
#: An exercise each of the lessons in which revisions are written.
BY_DAY = ("add-a-column", "two-heads", "rename-a-column")


def others_at_night(among: Collection[str] = tuple(EXERCISES)) -> pytest.MarkDecorator:
    """A slow test for each exercise of `among`, in the gate for a few alone."""
    night = [pytest.mark.slow, pytest.mark.nightly]
    params = [pytest.param(s, marks=night[: 1 if s in BY_DAY else 2]) for s in among]
    return pytest.mark.parametrize("slug", params)


def one_for_each_check(exercise: Exercise) -> list[str]:
    """Starter, solution, and the first wrong answer that each check is the first to refuse."""
    first = dict[str, str]()
    for name in shipped_answers(exercise)[2:]:
        if name.startswith("wrong/"):
            first.setdefault(about(exercise, name).test, name)
    return ["starter", "solution", *first.values()]
