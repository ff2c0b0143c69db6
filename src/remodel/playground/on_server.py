"""The databases of a playground on a server, for as long as somebody works with them there."""

import contextlib
from collections.abc import Iterator

from remodel.course.exercise import Exercise
from remodel.course.layout import database_variable
from remodel.database.server_database import ServerDatabase
from remodel.errors import CourseError
from remodel.grading.engine import Engine
from remodel.grading.project.deployments import Deployments
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner


@contextlib.contextmanager
def databases_on(engine: Engine, exercise: Exercise) -> Iterator[dict[str, str]]:
    """What a learner begins with, on the server of `engine`; each is dropped after the block.

    By the variable that names it to the app, its URL.
    """
    runner = open_runner()
    try:
        begun = Deployments(exercise, Workspace(runner, store=engine.store)).laid_out()
    finally:
        runner.close()
    with contextlib.ExitStack() as held:
        urls = {}
        for bind, content in begun.items():
            if not isinstance(content, ServerDatabase):
                raise CourseError(f"{exercise.slug} left no database on {engine.name}.")
            urls[database_variable(bind)] = held.enter_context(content.store.restored(content))
        yield urls
