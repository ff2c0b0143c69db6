"""The pytest plugin: `pytest exercises/…/SLUG` grades what the learner wrote.

exercises/pytest.ini loads it. It adds the standard checks beside each test_exercise.py, gives
every test a fresh `project`, and turns what happened into verdicts.

PYTEST_DONT_REWRITE: there is no assert here, and remodel.grading.run has imported it before.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from remodel.course.catalog import find_course
from remodel.course.exercise import Exercise
from remodel.database.values import Compared, Values
from remodel.errors import NotHandedIn, RemodelError
from remodel.grading.checks_beside import ChecksBeside, to_begin
from remodel.grading.collection import (
    GRADER,
    checks_of,
    is_deep,
    name_of,
    refuse_unknown_names,
    sort_for_learners,
    unit_of,
)
from remodel.grading.engine import ENGINES, SQLITE
from remodel.grading.feedback import describe, title_of
from remodel.grading.onlooker import Onlooker
from remodel.grading.project.project import Project
from remodel.grading.results import refuse_results_place, write_results
from remodel.grading.session import LEARNER, Grading, Unit, new_seed
from remodel.grading.standard.collector import StandardCollector
from remodel.grading.standard.prefetch import foreseen
from remodel.grading.terminal import TerminalOnlooker, print_verdict
from remodel.runner import LIMIT, LONGEST, NAMES


@dataclass
class PytestRun:
    """One pytest run: what it grades, and what has happened in it so far."""

    grading: Grading
    onlooker: Onlooker
    #: The names of the checks of each unit that did not pass.
    failed: dict[tuple[str, str, int], set[str]] = field(default_factory=dict)
    #: What was to be graded, before any check was left out.
    asked: dict[tuple[str, str, int], Unit] = field(default_factory=dict)
    #: The unit of the last test.
    unit: Unit | None = None
    #: The unit whose later checks were begun.
    begun: Unit | None = None
    #: When the last test began, by time.perf_counter().
    since: float = 0.0
    #: The columns that an assertion of the last test found unequal.
    compared: list[Compared] = field(default_factory=list)
    beside: ChecksBeside = field(default_factory=ChecksBeside)


RUN = pytest.StashKey[PytestRun]()


class SessionOptions:
    """Registered by remodel.grading.run to hand over a Grading that lives longer than the run."""

    NAME = "remodel-session"

    def __init__(
        self, grading: Grading, quiet: bool = True, onlooker: Onlooker | None = None
    ) -> None:
        self.grading, self.quiet = grading, quiet
        self.onlooker = onlooker or Onlooker()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The grader's own options."""
    group = parser.getgroup("remodel")
    group.addoption("--answers", action="append", help="starter, solution, or a folder")
    group.addoption(
        "--database",
        default=SQLITE,
        metavar="ENGINE",
        help=f"grade on {', '.join(ENGINES)}, or on the server of a URL",
    )
    group.addoption("--seed", type=int, help="repeat a grading with the seed that it printed")
    group.addoption("--variant", type=int, help="which names the exercise was given out with")
    group.addoption("--runner", choices=NAMES, default="auto", help="where learner code runs")
    group.addoption(
        "--limit", type=_seconds, default=LIMIT, help="seconds for each command that is run"
    )
    group.addoption("--results", type=Path, help="write results.json here")
    group.addoption(
        "--changed-course",
        action="store_true",
        help="grade although files of the course are not as shipped",
    )
    group.addoption("--no-dependency-skips", action="store_true", help="run every check")


def _seconds(text: str) -> float:
    """What --limit says."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= LONGEST:
        raise argparse.ArgumentTypeError(f"must be above 0, and a day at most, not {text!r}")
    return seconds


def pytest_configure(config: pytest.Config) -> None:
    """Open the grading, or take over the session's."""
    for line in (
        "guard: must stay true; may pass on the starter, so it earns nothing by itself",
        "deep: made last, and only where nothing before it refused the answer",
        "needs(*names): skipped when one of these checks has failed",
        "points(n): what the check is worth (default 1)",
        "misconception(id): what people believe who fail it (exercises/misconceptions.toml)",
    ):
        config.addinivalue_line("markers", line)
    options = config.pluginmanager.get_plugin(SessionOptions.NAME)
    if options:
        config.stash[RUN] = PytestRun(options.grading, options.onlooker)
    else:
        config.stash[RUN] = PytestRun(_grading(config), TerminalOnlooker(_PytestScreen(config)))


class _PytestScreen:
    """The terminal that pytest writes to, where there is one."""

    def __init__(self, config: pytest.Config) -> None:
        self._plugins = config.pluginmanager

    @property
    def _reporter(self) -> Any:
        return self._plugins.get_plugin("terminalreporter")

    def isatty(self) -> bool:
        return bool(self._reporter and self._reporter.isatty)

    def write(self, text: str) -> None:
        self._reporter.write(text)

    def flush(self) -> None:
        self._reporter.flush()


def refuse_stripped_python() -> None:
    """Raise RemodelError where Python leaves asserts out: many a check would pass without them."""
    if sys.flags.optimize:
        raise RemodelError(
            "Python runs without asserts here (-O, or PYTHONOPTIMIZE), and graders are made of "
            "them. Without it, type the command again: unset PYTHONOPTIMIZE"
        )


def _refuse_several_processes(config: pytest.Config) -> None:
    """With pytest-xdist, this process makes no check and knows no verdict."""
    if config.getoption("numprocesses", None) or config.getoption("tx", None):
        raise RemodelError("Graders run in one process, which uses two cores. Leave -n out.")


def _grading(config: pytest.Config) -> Grading:
    try:
        refuse_stripped_python()
        _refuse_several_processes(config)
        refuse_results_place(config.getoption("results"))
        catalog = find_course()
        named = config.getoption("answers") or [os.environ.get("REMODEL_ANSWERS") or "playground"]
        seed = config.getoption("seed")
        policy = replace(
            LEARNER,
            skip_dependants=not config.getoption("no_dependency_skips"),
            only_as_shipped=not config.getoption("changed_course"),
        )
        return Grading.of(
            catalog,
            named,
            [new_seed() if seed is None else seed],
            config.getoption("runner"),
            config.getoption("limit"),
            variant=config.getoption("variant"),
            policy=policy,
            database=config.getoption("database"),
        )
    except RemodelError as error:
        pytest.exit(str(error), returncode=2)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no process behind, unless the session goes on."""
    run = config.stash.get(RUN, None)
    if run and not config.pluginmanager.get_plugin(SessionOptions.NAME):
        run.grading.close()


# -- collection -------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Add the standard checks beside an exercise's grader."""
    if file_path.name != GRADER:
        return None
    exercise = _exercise(parent.config, file_path)
    if exercise is None:
        return None
    checks: StandardCollector = StandardCollector.from_parent(
        parent, path=file_path, name="standard", nodeid=f"{parent.nodeid}/standard"
    )
    checks.exercise = exercise
    return checks


def _exercise(config: pytest.Config, file: Path) -> Exercise | None:
    try:
        grading = config.stash[RUN].grading
        slug = grading.more_graders.get(file)
        return grading.catalog.exercises[slug] if slug else grading.catalog.exercise_at(file.parent)
    except RemodelError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each answer and seed."""
    if "project" not in metafunc.fixturenames:
        return
    exercise = _exercise(metafunc.config, metafunc.definition.path)
    if exercise is None:
        raise pytest.UsageError(f"{metafunc.definition.path} lies in no exercise's folder.")
    units = metafunc.config.stash[RUN].grading.units[exercise.slug]
    metafunc.parametrize("project", units, indirect=True, ids=str)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """By answer, and within it in the order in which a learner should hear of failures."""
    try:
        for item in items:
            refuse_unknown_names(config.stash[RUN].grading.catalog, item)
    except RemodelError as error:  # misconceptions.toml cannot be read
        raise pytest.UsageError(str(error)) from error
    _refuse_variants_of_none(config, items)
    sort_for_learners(items)
    config.stash[RUN].asked = {unit_of(item).key: unit_of(item) for item in items}


def _refuse_variants_of_none(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A variant that none of the exercises has: of several, those without have one form alone."""
    exercises = {unit_of(item).exercise.slug: unit_of(item).exercise for item in items}
    number = config.getoption("variant", None)
    if number and exercises and not any(each.variants for each in exercises.values()):
        try:
            config.stash[RUN].grading.catalog.in_variant(next(iter(exercises.values())), number)
        except RemodelError as error:
            raise pytest.UsageError(str(error)) from error


# -- running ----------------------------------------------------------------------------------


@pytest.fixture
def project(request: pytest.FixtureRequest) -> Project:
    """The answer under test with databases of its own."""
    run = request.config.stash[RUN]
    unit: Unit = request.param
    try:
        if run.unit != unit:
            run.unit = unit
            run.grading.begin(unit)
            if run.grading.policy.prefetch:
                for work in foreseen(lambda: run.grading.project(unit)):
                    run.grading.workspace.foresee(work)
        return run.grading.project(unit)
    except NotHandedIn as reason:
        verdict = run.grading.verdict(unit)
        verdict.handed_in, verdict.ungraded = False, str(reason)
        pytest.skip("because it was not handed in")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot be judged because its base has failed."""
    run = item.config.stash[RUN]
    run.since = time.perf_counter()
    run.compared.clear()
    run.onlooker.looks_at(item.session.items.index(item) + 1, len(item.session.items))
    policy = run.grading.policy
    verdict = run.grading.verdicts.get(unit_of(item).key)
    if verdict and verdict.ungraded:
        pytest.skip("because it could not be graded")
    failed = run.failed.get(unit_of(item).key, set())
    if (policy.stop_at_first or is_deep(item)) and failed:
        pytest.skip("because another check did not pass")
    if is_deep(item):
        run.onlooker.looks_deeper(title_of(item))
    if policy.prefetch and not failed:
        _begin_later_checks(run, item)
    if not policy.skip_dependants:
        return
    for marker in item.iter_markers("needs"):
        for base in marker.args:
            if base in failed:
                failed.add(name_of(item))
                pytest.skip(f"because {base} did not pass")


def _begin_later_checks(run: PytestRun, item: pytest.Item) -> None:
    """Let other threads begin later checks of the answer, as soon as they are likely to be made."""
    unit = unit_of(item)
    if run.begun == unit:
        return
    items = [each for each in item.session.items if unit_of(each) == unit]
    many = run.grading.runner.at_once > 2
    later = to_begin(items, item, many)
    if later:
        run.begun = unit
        run.beside.begin(later, lambda: run.grading.project(unit), run.grading.workspace.foresee)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Take over what another thread has made of a check."""
    run = pyfuncitem.config.stash[RUN]
    return run.beside.make(pyfuncitem) or None


def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: object, right: object
) -> list[str] | None:
    """What differs between two columns, row by row."""
    if op == "==" and isinstance(left, Values) and isinstance(right, Values):
        compared = Compared.of(left, right)
        config.stash[RUN].compared.append(compared)
        return [f"{left!r} is not {right!r}", *compared.lines]
    return None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turn each test's end into a Check of its verdict."""
    outcome: Any = yield
    report = outcome.get_result()
    if not (report.when == "call" or (report.when == "setup" and not report.passed)):
        return
    run = item.config.stash[RUN]
    unit = unit_of(item)
    verdict = run.grading.verdict(unit)
    check = describe(item, call, report, run.grading, run.compared)
    verdict.checks.append(check)
    verdict.seconds += time.perf_counter() - run.since
    if check.status != "pass":
        run.failed.setdefault(unit.key, set()).add(check.name)
    if check.status == "fail" and len(verdict.failures) == 1:
        run.onlooker.refused(verdict)
    if call.excinfo and isinstance(call.excinfo.value, RemodelError):
        verdict.ungraded = str(call.excinfo.value)


# -- the verdict ------------------------------------------------------------------------------


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Exit code 2 for what was not graded: it must never look like a pass."""
    grading = session.config.stash[RUN].grading
    session.config.stash[RUN].onlooker.is_done()
    grading.workspace.drop_foreseen()
    grading.conclude()
    verdicts = grading.verdicts.values()
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        for unit in session.config.stash[RUN].asked.values():
            grading.verdict(unit)
    for verdict in verdicts:
        all_of_them = checks_of(grading.catalog.exercises[verdict.exercise])
        missing = all_of_them - verdict.names
        none_made = not verdict.checks and not verdict.ungraded
        if missing and (none_made or verdict.status in ("pass", "fail")):
            verdict.ungraded = (
                f"{len(missing)} of {len(all_of_them)} checks were left out, so this is neither a "
                "pass nor a fail."
            )
    if session.exitstatus == pytest.ExitCode.INTERRUPTED:
        for verdict in verdicts:
            verdict.ungraded = "Stopped before every check was made. Run it again."
    if any(verdict.status not in ("pass", "fail") for verdict in verdicts):
        session.exitstatus = 2
    results = session.config.getoption("results", None)
    if results:
        write_results(results, verdicts)


def pytest_report_teststatus(
    report: pytest.TestReport | pytest.CollectReport, config: pytest.Config
) -> tuple[str, str, str] | None:
    """No dots: the verdict says it all."""
    if config.get_verbosity() >= 0 or not isinstance(report, pytest.TestReport):
        return None
    counts = report.when == "call" or report.outcome != "passed"
    return (report.outcome if counts else "", "", "")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say to the learner what `remodel check` says."""
    options = config.pluginmanager.get_plugin(SessionOptions.NAME)
    if options and options.quiet:
        return
    grading = config.stash[RUN].grading
    terminalreporter.ensure_newline()
    for verdict in grading.verdicts.values():
        print_verdict(verdict, grading.catalog)
