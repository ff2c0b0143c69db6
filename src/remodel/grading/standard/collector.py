"""The standard checks as pytest collects them: beside each exercise's own, in a learner's order."""

from collections.abc import Iterator
from typing import Any

import pytest

from remodel.course.exercise import Exercise
from remodel.grading import standard


class StandardChecks(pytest.Module):
    """The standard checks as if they stood in a file beside the exercise's own."""

    exercise: Exercise

    def _getobj(self) -> Any:
        return standard

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Those that hold for the exercise."""
        chosen = standard.of_exercise(self.exercise)
        for node in super().collect():
            if getattr(node, "originalname", node.name) in chosen:
                yield node


def place_of(item: pytest.Item) -> tuple[int, int]:
    """Where a check comes among those of its exercise: some standard ones first, some last."""
    if not isinstance(item.parent, StandardChecks):
        return 1, 0
    name = getattr(item, "originalname", None) or item.name
    return (0 if name in standard.FIRST else 2), standard.ALL.index(name)
