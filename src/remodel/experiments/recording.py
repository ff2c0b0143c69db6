"""Keeps what experiments show, for the folds of the pages that say "See it happen"."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog
from remodel.course.messages import read_messages
from remodel.course.quiz import read_quiz
from remodel.errors import CourseError, NoServer
from remodel.experiments.live import run_tests


class Recording:
    """What each test of a run showed after its fixtures; and what failed or was skipped."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.failed: list[str] = []
        self.missing: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what the call of one test printed."""
        if report.failed:
            self.failed.append(f"{report.nodeid}: {report.longreprtext}")
        elif report.skipped:
            self.missing.append(report.nodeid)
        elif report.when == "call":
            parts = [text for name, text in report.sections if name == "Captured stdout call"]
            self.shown[report.nodeid] = "".join(parts).strip()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read has failed as well."""
        if report.failed:
            self.failed.append(report.longreprtext)


def claimed(catalog: Catalog) -> list[str]:
    """The experiments that the questions, the myths and the error messages name."""
    layout = catalog.layout
    banks = [lesson.quiz for lesson in catalog.lessons.values() if lesson.quiz.exists()]
    questions = [each for bank in [*banks, layout.myths] for each in read_quiz(bank)]
    tests = [question.experiment for question in questions]
    tests += [message.experiment for message in read_messages(layout.error_messages)]
    return list(dict.fromkeys(tests))


def record(root: Path, tests: Sequence[str]) -> dict[str, str]:
    """Run `tests` below `root`: what each showed. Raises CourseError, or NoServer for a skipped."""
    recording = Recording()
    run_tests([str(root / test) for test in tests], root, recording)
    if recording.failed:
        raise CourseError(f"An experiment fails.\n{recording.failed[0]}")
    if recording.missing:
        raise NoServer(f"Skipped, for want of a server: {', '.join(recording.missing)}")
    return recording.shown
