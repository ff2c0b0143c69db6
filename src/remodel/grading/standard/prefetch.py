"""What the standard checks will ask for, as work that can begin early."""

import functools
from collections.abc import Callable

from remodel.grading.project.project import Project


def foreseen(make: Callable[[], Project]) -> list[Callable[[], object]]:
    """What the standard checks will ask for, as work that can begin early on another core."""
    if make().exercise.changes_by != "revisions":
        return []
    full = functools.cache(lambda: make().populated().upgrade())
    return [
        lambda: make().empty().flask("db", "upgrade", "head"),
        lambda: make().model_schema(),
        lambda: make().goal(),
        lambda: full().copy().flask("db", "check"),
        lambda: full().copy().pages(),
        lambda: full().copy().upgrade(),
    ]
