"""The standard check of the app itself, and what can be run early for all of them."""

import functools
from collections.abc import Callable

from remodel.project import Project
from remodel.standard.marks import SCHEMA, UPGRADED, guard, misconception, needs


@guard
@needs(UPGRADED, SCHEMA)
@misconception("the-app-needs-no-change")
def test_every_page_of_the_app_answers(project: Project) -> None:
    """Every page of the app opens on the migrated database."""
    project.populated().finish().pages()


def foreseen(make: Callable[[], Project]) -> list[Callable[[], object]]:
    """What the checks above will ask for, as work that can begin early on another core."""
    if make().exercise.changes_by != "revisions":
        return []
    full = functools.cache(lambda: make().populated().upgrade())
    return [
        lambda: make().empty().flask("db", "upgrade", "head"),
        lambda: make().model_schema(),
        lambda: full().copy().flask("db", "check"),
        lambda: full().copy().pages(),
        lambda: full().copy().upgrade(),
    ]
