"""What is worked out beside pytest: dropped when nobody waits for it, and made once for all."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import solution
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

ANSWER = solution(find_course().exercise("add-a-column"))


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """One with a second thread."""
    with closing(open_runner("forkserver")) as runner, closing(Workspace(runner)) as opened:
        yield opened


def test_work_that_is_dropped_begins_no_other_command(workspace: Workspace) -> None:
    """The command that runs is its last, so nobody has to wait for the rest."""
    begun, dropped = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        dropped.wait()
        workspace.run(ANSWER, ("create-all",), {"": b""})

    future = workspace.foresee(work)
    begun.wait()
    workspace.drop_foreseen()
    dropped.set()
    assert future is not None
    assert isinstance(future.exception(), CancelledError)


def test_what_was_dropped_half_made_is_made_by_whoever_waits(workspace: Workspace) -> None:
    """No check is refused because another answer's work came to an end."""
    begun, dropped = threading.Event(), threading.Event()

    def half() -> str:
        begun.set()
        dropped.wait()
        workspace.run(ANSWER, ("create-all",), {"": b""})
        return "by the other"

    workspace.foresee(lambda: workspace.once(("it",), half))
    begun.wait()
    workspace.drop_foreseen()
    threading.Thread(target=dropped.set).start()
    assert workspace.once(("it",), lambda: "by me") == "by me"


def test_two_threads_that_ask_for_one_thing_make_it_once(workspace: Workspace) -> None:
    """The second waits for the first."""
    made = list[int]()
    begun = threading.Event()

    def make() -> str:
        made.append(len(made))
        begun.set()
        return "it"

    future = workspace.foresee(lambda: workspace.once(("it",), make))
    begun.wait()
    assert future is not None
    assert (workspace.once(("it",), make), future.result(), made) == ("it", "it", [0])
