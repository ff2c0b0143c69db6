"""What the standard checks will ask for, as work that can begin early on another core."""

import functools
from collections.abc import Callable

from remodel.grading.project.project import Project


def foreseen(make: Callable[[], Project]) -> list[Callable[[], object]]:
    """What the standard checks will ask for, as work that can begin early on another core.

    Ordered so that pytest, which comes the same way, finds each thing done or does it meanwhile.
    """
    if make().exercise.changes_by != "revisions":
        return []
    full = functools.cache(lambda: make().populated().upgrade())
    return [
        lambda: make().empty().flask("db", "upgrade", "head"),
        lambda: full().copy().flask("db", "check"),
        lambda: make().goal(),
        lambda: _step_down(full().copy()),
        lambda: full().copy().pages(),
        lambda: make().model_schema(),
        lambda: full().copy().upgrade(),
    ]


def _step_down(project: Project) -> None:
    """Where there is one new revision: of several, the last may well be reached by another way."""
    if len(project.new_revisions) == 1:
        project.downgrade()
