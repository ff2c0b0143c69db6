"""The pytest plugin: `pytest exercises/…/SLUG` grades what the learner wrote.

exercises/pytest.ini loads it. It adds the standard checks beside each test_exercise.py, gives
every test a fresh `project`, and turns what happened into verdicts.

PYTEST_DONT_REWRITE: there is no assert here, and remodel.grading.run has imported it before.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.course.exercise import Exercise
from remodel.database.values import Compared, Values
from remodel.errors import RemodelError
from remodel.grading import standard
from remodel.grading.feedback import describe
from remodel.grading.project.project import Project
from remodel.grading.results import write_results
from remodel.grading.session import Grading, Unit, new_seed
from remodel.grading.standard.collector import StandardChecks, place_of
from remodel.grading.standard.prefetch import foreseen
from remodel.grading.terminal import print_verdict
from remodel.runner import NAMES

GRADER = "test_exercise.py"
GRADING = pytest.StashKey[Grading]()
FAILED = pytest.StashKey[dict[tuple[str, str, int], set[str]]]()
LAST_UNIT = pytest.StashKey[list[Unit]]()
SET_UP = pytest.StashKey[float]()
COMPARED = pytest.StashKey[list[Compared]]()


class SessionOptions:
    """Registered by remodel.grading.run to hand over a Grading that lives longer than the run."""

    NAME = "remodel-session"

    def __init__(self, grading: Grading, quiet: bool = True) -> None:
        self.grading, self.quiet = grading, quiet


def pytest_addoption(parser: pytest.Parser) -> None:
    """The grader's own options."""
    group = parser.getgroup("remodel")
    group.addoption("--answers", action="append", help="starter, solution, or a folder")
    group.addoption("--seed", type=int, help="repeat a grading with the seed that it printed")
    group.addoption("--variant", type=int, help="which names the exercise was given out with")
    group.addoption("--runner", choices=NAMES, default="auto", help="where learner code runs")
    group.addoption("--results", type=Path, help="write results.json here")
    group.addoption("--no-dependency-skips", action="store_true", help="run every check")


def pytest_configure(config: pytest.Config) -> None:
    """Open the grading, or take over the session's."""
    for line in (
        "guard: must stay true; carries no points, and may pass on the starter",
        "needs(*names): skipped when one of these checks has failed",
        "points(n): what the check is worth (default 1; a guard 0)",
        "misconception(id): what people believe who fail it (exercises/misconceptions.toml)",
    ):
        config.addinivalue_line("markers", line)
    options = config.pluginmanager.get_plugin(SessionOptions.NAME)
    config.stash[FAILED] = {}
    config.stash[LAST_UNIT] = []
    config.stash[COMPARED] = []
    config.stash[GRADING] = options.grading if options else _grading(config)


def _grading(config: pytest.Config) -> Grading:
    try:
        catalog = find_course()
        named = config.getoption("answers") or [os.environ.get("REMODEL_ANSWERS") or "playground"]
        seed = config.getoption("seed")
        grading = Grading.of(
            catalog,
            named,
            [new_seed() if seed is None else seed],
            config.getoption("runner"),
            variant=config.getoption("variant"),
        )
    except RemodelError as error:
        raise pytest.UsageError(str(error)) from error
    grading.skip_dependants = not config.getoption("no_dependency_skips")
    return grading


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no process behind, unless the session goes on."""
    grading = config.stash.get(GRADING, None)
    if grading and not config.pluginmanager.get_plugin(SessionOptions.NAME):
        grading.close()


# -- collection -------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Add the standard checks beside an exercise's grader."""
    if file_path.name != GRADER:
        return None
    exercise = _exercise(parent.config, file_path)
    if exercise is None:
        return None
    checks: StandardChecks = StandardChecks.from_parent(
        parent, path=file_path, name="standard", nodeid=f"{parent.nodeid}/standard"
    )
    checks.exercise = exercise
    return checks


def _exercise(config: pytest.Config, file: Path) -> Exercise | None:
    try:
        return config.stash[GRADING].catalog.exercise_at(file.parent)
    except RemodelError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each answer and seed."""
    if "project" not in metafunc.fixturenames:
        return
    exercise = _exercise(metafunc.config, metafunc.definition.path)
    if exercise is None:
        raise pytest.UsageError(f"{metafunc.definition.path} lies in no exercise's folder.")
    units = metafunc.config.stash[GRADING].units[exercise.slug]
    metafunc.parametrize("project", units, indirect=True, ids=str)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """By answer, and within it in the order in which a learner should hear of failures."""
    for item in items:
        _refuse_unknown_names(config.stash[GRADING].catalog, item)
    units = {id(_unit(item)): n for n, item in enumerate(reversed(items))}
    items.sort(key=lambda item: (-units[id(_unit(item))], place_of(item)))


def _refuse_unknown_names(catalog: Catalog, item: pytest.Item) -> None:
    """A misspelt base could never fail, and a misspelt misconception would never be named."""
    for marker in item.iter_markers():
        for name in marker.args:
            if marker.name == "needs":
                exists, what = name in standard.ALL or hasattr(_module(item), name), "check"
            elif marker.name == "misconception":
                exists, what = name in catalog.misconceptions, "id in misconceptions.toml"
            else:
                break
            if not exists:
                raise pytest.UsageError(
                    f"{item.path}: {_name(item)} is marked {marker.name}({name!r}): "
                    f"there is no such {what}."
                )


def _module(item: pytest.Item) -> object:
    module = item.getparent(pytest.Module)
    return module.obj if module else None


def _unit(item: pytest.Item) -> Unit:
    unit: Unit = item.callspec.params["project"]  # type: ignore[attr-defined]
    return unit


def _name(item: pytest.Item) -> str:
    return getattr(item, "originalname", None) or item.name


# -- running ----------------------------------------------------------------------------------


@pytest.fixture
def project(request: pytest.FixtureRequest) -> Project:
    """The answer under test with databases of its own."""
    grading = request.config.stash[GRADING]
    unit: Unit = request.param
    last = request.config.stash[LAST_UNIT]
    if last[-1:] != [unit]:
        grading.begin(unit)
        # What is refused at once has no use for the work that the later checks would need.
        if grading.foresees and not grading.stop_at_first:
            for work in foreseen(lambda: grading.project(unit)):
                grading.workspace.foresee(work)
        last[:] = [unit]
    return grading.project(unit)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot be judged because its base has failed."""
    item.stash[SET_UP] = time.perf_counter()
    item.config.stash[COMPARED].clear()
    grading = item.config.stash[GRADING]
    failed = item.config.stash[FAILED].get(_key(item), set())
    if grading.stop_at_first and failed:
        pytest.skip("because another check did not pass")
    if not grading.skip_dependants:
        return
    for marker in item.iter_markers("needs"):
        for base in marker.args:
            if base in failed:
                failed.add(_name(item))
                pytest.skip(f"because {base} did not pass")


def _key(item: pytest.Item) -> tuple[str, str, int]:
    unit = _unit(item)
    return unit.exercise.slug, unit.answers, unit.seed


def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: object, right: object
) -> list[str] | None:
    """What differs between two columns, row by row."""
    if op == "==" and isinstance(left, Values) and isinstance(right, Values):
        compared = Compared.of(left, right)
        config.stash[COMPARED].append(compared)
        return [f"{left!r} is not {right!r}", *compared.lines]
    return None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Turn each test's end into a Check of its verdict."""
    outcome: Any = yield
    report = outcome.get_result()
    if not (report.when == "call" or (report.when == "setup" and not report.passed)):
        return
    grading = item.config.stash[GRADING]
    unit = _unit(item)
    verdict = grading.verdict(unit)
    check = describe(item, call, report, grading, item.config.stash[COMPARED])
    verdict.checks.append(check)
    verdict.seconds += time.perf_counter() - item.stash[SET_UP]
    if check.status != "pass":
        item.config.stash[FAILED].setdefault(_key(item), set()).add(_name(item))
    if call.excinfo and isinstance(call.excinfo.value, RemodelError):
        verdict.ungraded = str(call.excinfo.value)


# -- the verdict ------------------------------------------------------------------------------


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Exit code 2 for what was not graded: it must never look like a pass."""
    verdicts = session.config.stash[GRADING].verdicts.values()
    if session.exitstatus == pytest.ExitCode.INTERRUPTED:
        for verdict in verdicts:
            verdict.ungraded = "Stopped before every check was made. Run it again."
    if any(verdict.status == "error" for verdict in verdicts):
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
    grading = config.stash[GRADING]
    terminalreporter.ensure_newline()
    for verdict in grading.verdicts.values():
        print_verdict(verdict, grading.catalog)
