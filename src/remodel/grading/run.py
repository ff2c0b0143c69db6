"""Grade many answers of many exercises in one pytest run."""

import contextlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from remodel.course.exercise import Exercise
from remodel.errors import RemodelError
from remodel.grading.collection import GRADER
from remodel.grading.onlooker import Onlooker
from remodel.grading.pytest_plugin import SessionOptions, refuse_stripped_python
from remodel.grading.results import Verdict
from remodel.grading.session import Grading


def grade(
    grading: Grading, exercises: Iterable[Exercise], onlooker: Onlooker | None = None
) -> list[Verdict]:
    """The verdicts on every unit that `grading` has for `exercises`, in order.

    `onlooker` hears of them while they are made.

    The grading stays open, so that the next call finds the runner warm. Raises RemodelError
    where pytest could not collect the graders, and KeyboardInterrupt where it was stopped:
    half a verdict may look like a pass.
    """
    refuse_stripped_python()
    _refuse_name_of_folder(grading.catalog.root)
    grading.restart()
    graders = [str(exercise.path / GRADER) for exercise in exercises]
    graders += map(str, grading.more_graders)
    config = grading.catalog.layout.pytest_settings
    # Its folder is the root. Said once more, by --rootdir, a `$NAME` in it would be expanded.
    arguments = ["-c", str(config), "-q", "--no-header"]
    # Learner code is captured by the runner; an onlooker writes to the real stdout.
    arguments += ["--capture=no", *graders]
    _forget_graders()
    output = io.StringIO()
    with _own_pytest(), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        session = _Registers(SessionOptions(grading, onlooker=onlooker))
        code = pytest.main(arguments, plugins=[session])
    if session.interrupted:
        raise KeyboardInterrupt
    if code == pytest.ExitCode.INTERNAL_ERROR:
        grading.verdicts.clear()
    if not grading.verdicts:
        reason = "\n".join(session.unreadable) or output.getvalue()
        raise RemodelError(f"No grader could be run (pytest ended with {int(code)}).\n{reason}")
    return list(grading.verdicts.values())


def _refuse_name_of_folder(course: Path) -> None:
    """Raise RemodelError where pytest would take a part of the course's path for a test's name."""
    for signs in ("[", "::"):
        if signs in str(course):
            raise RemodelError(
                f"The course lies in a folder with {signs} in its name, where pytest finds no "
                f"grader: {course}. Rename the folder."
            )


class _Registers:
    """Hands the session's options to the plugin before it configures itself."""

    def __init__(self, options: SessionOptions) -> None:
        self._options = options
        self.interrupted = False
        #: What pytest says of each grader that it could not read.
        self.unreadable: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        if not config.pluginmanager.has_plugin(SessionOptions.NAME):
            config.pluginmanager.register(self._options, SessionOptions.NAME)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A grader with an error in it: the run is quiet, and would not say so."""
        if report.failed:
            self.unreadable.append(report.longreprtext)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Ctrl-C: pytest ends as if all were well. It interrupts itself for a malformed grader."""
        self.interrupted = not isinstance(excinfo.value, pytest.Session.Interrupted)


def _forget_graders() -> None:
    """Have graders read again: pytest keeps them by their place below the course.

    One that was edited, or that of another course, would be taken for the one before.
    """
    for name, module in list(sys.modules.items()):
        if (file := getattr(module, "__file__", None)) and Path(file).name == GRADER:
            del sys.modules[name]


@contextlib.contextmanager
def _own_pytest() -> Iterator[None]:
    """What a shell sets for another project's pytest would leave checks out, or end this one."""
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(before)
