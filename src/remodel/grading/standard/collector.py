"""The standard checks as pytest collects them: beside each exercise's own."""

from collections.abc import Iterator
from typing import Any

import pytest

from remodel.course.exercise import Exercise
from remodel.grading import standard


class StandardCollector(pytest.Module):
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
