"""Runs a learner's code somewhere else: one interface, three ways, the same results."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from remodel.errors import NotGraded, RemodelError
from remodel.runner.interface import LIMIT, LONGEST, Command, Completed, Runner

RunnerName = Literal["auto", "forkserver", "subprocess", "inline"]
NAMES = ("auto", "forkserver", "subprocess", "inline")

__all__ = [
    "LIMIT",
    "LONGEST",
    "NAMES",
    "Command",
    "Completed",
    "Runner",
    "RunnerName",
    "open_runner",
    "opened",
]


def open_runner(name: str = "auto") -> Runner:
    """A runner; close it when done. `auto` is forkserver on Linux, subprocess elsewhere.

    Raises NotGraded where this machine starts no more processes or threads.
    """
    try:
        return _open(name)
    except (OSError, RuntimeError) as error:
        raise NotGraded(
            f"This machine starts no process to run an answer in ({error}). End other programs, or "
            "ask whoever looks after it how many you may have."
        ) from error


def _open(name: str) -> Runner:
    if name == "auto":
        name = "forkserver" if platform.system() == "Linux" else "subprocess"
    if name == "forkserver":
        from remodel.runner.forkserver import ForkserverRunner

        return ForkserverRunner()
    if name == "subprocess":
        from remodel.runner.subprocesses import SubprocessRunner

        return SubprocessRunner()
    if name == "inline":
        from remodel.runner.inline import InlineRunner

        return InlineRunner()
    raise RemodelError(f"No runner is called {name!r}. Choose one of {', '.join(NAMES)}.")


@contextmanager
def opened(runner: str | Runner = "auto") -> Iterator[Runner]:
    """`runner` itself, which its owner closes, or a new one of that name, closed at the end."""
    if not isinstance(runner, str):
        yield runner
        return
    own = open_runner(runner)
    try:
        yield own
    finally:
        own.close()
