"""What is tried on some exercises at every merge and on the others at night: it takes minutes."""

from collections.abc import Collection

import pytest

from remodel.course.catalog import find_course

EXERCISES = find_course().exercises
#: The first exercise of each lesson; not a release, each of whose answers is run for seconds.
FIRST = {
    each.lesson: slug for slug, each in reversed(EXERCISES.items()) if each.hands_in != "script"
}.values()


def others_at_night(among: Collection[str] = tuple(EXERCISES)) -> pytest.MarkDecorator:
    """A slow test for each exercise of `among`, in the gate for the first of its lesson alone."""
    night = [pytest.mark.slow, pytest.mark.nightly]
    params = [pytest.param(s, marks=night[: 1 if s in FIRST else 2]) for s in among]
    return pytest.mark.parametrize("slug", params)
