"""The deep checks of one answer, on both cores: each is made once, by whichever comes to it first.

Pytest begins with the first of them, the second core with the last. They meet somewhere, and no
plan has to say which commands a check will run.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

from remodel.grading.collection import is_deep
from remodel.grading.project.project import Project
from remodel.grading.standard.collector import StandardCollector


class DeepChecks:
    """Those of the last answer whose deep checks were begun."""

    def __init__(self) -> None:
        self._begun: dict[Any, tuple[Project, Future[object]]] = {}

    def begin(
        self,
        items: Iterable[Any],
        fresh: Callable[[], Project],
        foresee: Callable[[Callable[[], object]], Future[object] | None],
    ) -> None:
        """Let the second core make the checks among `items`, from the last to the second.

        Those of the course alone: an `assert` in an exercise's own needs pytest around it.
        """
        self._begun.clear()
        deep = [i for i in items if is_deep(i) and isinstance(i.parent, StandardCollector)]
        for item in reversed(deep[1:]):
            project = fresh()
            future = foresee(lambda check=item.obj, project=project: check(project))  # type: ignore[misc]
            if future:
                self._begun[item] = project, future

    def make(self, item: Any) -> bool:
        """Wait for `item` where the second core has begun it, and raise what it raised.

        Returns False where pytest is to make it.
        """
        project, future = self._begun.pop(item, (None, None))
        if future is None or future.cancel():
            return False
        item.funcargs["project"] = project  # a message looks at what this one went through
        future.result()
        return True
