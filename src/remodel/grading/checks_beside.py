"""The later checks of one answer, beside pytest: each is made once, by whichever comes to it first.

Pytest begins with the first of them, the other threads with the last. They meet somewhere, and no
plan has to say which commands a check will run. With two threads these are the deep checks. Where
many commands may wait together, it is every check of the course but those that come first.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from remodel.grading.collection import comes_first, is_deep
from remodel.grading.project.project import Project
from remodel.grading.standard.collector import StandardCollector


class ChecksBeside:
    """Those of the last answer whose later checks were begun."""

    def __init__(self) -> None:
        self._begun: dict[Any, tuple[Project, Future[object]]] = {}

    def begin(
        self,
        items: Sequence[Any],
        fresh: Callable[[], Project],
        foresee: Callable[[Callable[[], object]], Future[object] | None],
    ) -> None:
        """Let other threads make the checks among `items`, from the last to the second.

        Those of the course alone: an `assert` in an exercise's own needs pytest around it.
        """
        self._begun.clear()
        own = [item for item in items if isinstance(item.parent, StandardCollector)]
        for item in reversed(own[1:]):
            project = fresh()
            future = foresee(lambda check=item.obj, project=project: check(project))  # type: ignore[misc]
            if future:
                self._begun[item] = project, future

    def make(self, item: Any) -> bool:
        """Wait for `item` where another thread has begun it, and raise what it raised.

        Returns False where pytest is to make it.
        """
        project, future = self._begun.pop(item, (None, None))
        if future is None or future.cancel():
            return False
        item.funcargs["project"] = project  # a message looks at what this one went through
        future.result()
        return True


def to_begin(items: Sequence[Any], item: Any, many: bool) -> Sequence[Any]:
    """Those of an answer's `items` that begin beside `item`, one of them; [] where it is early."""
    following = items[items.index(item) + 1 :]
    if many:
        return [] if comes_first(item) else following
    return following if any(map(is_deep, following[:1])) else []
