"""Runs a file of experiments before the learner's eyes: each step shows itself as it happens."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass(eq=False)  # pytest wants its plugins hashable
class ExperimentRun:
    """How the experiments went: what was missing for one, and what was not as we say."""

    passed: int = 0
    missing: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    interrupted: bool = False

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        """Say what begins, in the words of the test's name."""
        sentence = nodeid.partition("::test_")[2].replace("_", " ")
        print(f"--- {sentence}\n", flush=True)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what came of one phase of a test."""
        if report.failed:
            self.failed.append(report.longreprtext)
        elif report.skipped:
            assert isinstance(report.longrepr, tuple)  # of file, line and reason
            self.missing.append(report.longrepr[2].removeprefix("Skipped: "))
        elif report.when == "call":
            self.passed += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read has failed as well."""
        if report.failed:
            self.failed.append(report.longreprtext)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Ctrl-C: pytest ends as if all were well. It interrupts itself for a malformed file."""
        self.interrupted = not isinstance(excinfo.value, pytest.Session.Interrupted)


def run_experiments(root: Path, file: str) -> ExperimentRun:
    """Run every test of `file` below `root` and let it print; raises KeyboardInterrupt."""
    run = ExperimentRun()
    try:
        code = run_tests([str(root / file)], root, run, "-s")
    except Exception:  # pytest itself stumbles when it is interrupted in a fixture
        if not run.interrupted:
            raise
    if run.interrupted:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        run.failed.append(f"pytest ended with {int(code)}.")
    return run


def run_tests(
    tests: Sequence[str], root: Path, listener: object, *options: str
) -> int | pytest.ExitCode:
    """Run `tests` in a pytest of their own, which tells `listener` alone."""
    with tempfile.TemporaryDirectory(prefix="remodel-") as folder:
        settings = Path(folder, "pytest.ini")
        settings.write_text("[pytest]\n", encoding="utf-8")
        return pytest.main(
            [
                *("-c", str(settings), "--rootdir", str(root), "--basetemp", f"{folder}/tests"),
                *("--import-mode=importlib", "--disable-plugin-autoload"),
                *("-p", "no:terminal", "-p", "no:cacheprovider", *options, *tests),
            ],
            plugins=[listener],
        )
