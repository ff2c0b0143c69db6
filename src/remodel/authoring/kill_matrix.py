"""A grader is judged by its mistakes: every shipped answer is graded, and its verdict held to."""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from remodel.authoring.content_rules import about, content_problems, shipped_answers
from remodel.authoring.processes import in_processes
from remodel.authoring.published_matrix import as_data
from remodel.authoring.variants import variant_problems
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading import standard
from remodel.grading.results import Verdict
from remodel.grading.run import grade
from remodel.grading.session import AUDIT, FIRST_REFUSAL, Grading, Policy, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Runner, open_runner, opened


@dataclass
class Report:
    """What was found wrong with one exercise, and how much was graded to find it."""

    exercise: str
    graded: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    #: What was refused by what; empty where there are problems.
    matrix: dict[str, Any] = field(default_factory=dict)


def check_exercises(
    catalog: Catalog,
    exercises: Iterable[Exercise],
    seeds: Sequence[int],
    jobs: int | None = None,
    limit: float = 10.0,
) -> Iterator[Report]:
    """The reports on `exercises`, `jobs` at a time in processes of their own, as they end."""
    # The longest first, so that no process works alone in the end: what starts programs of its
    # own, then what has the most answers.
    slugs = [
        each.slug
        for each in sorted(
            exercises, key=lambda e: (e.hands_in != "script", -len(shipped_answers(e)))
        )
    ]
    return in_processes(partial(_check_named, catalog.root, seeds, limit), slugs, jobs)


def _check_named(root: Path, seeds: Sequence[int], limit: float, slug: str) -> Report:
    catalog = Catalog(root)
    return check_exercise(catalog, catalog.exercise(slug), seeds, _runner(), limit=limit)


@cache
def _runner() -> Runner:
    """This process's runner: with one for each exercise, all of them took 7 % longer.

    Nobody closes it. It ends with the process, whose end of its socket is closed then.
    """
    return open_runner()


def check_exercise(
    catalog: Catalog,
    exercise: Exercise,
    seeds: Iterable[int],
    runner: str | Runner = "auto",
    every_check: bool = False,
    limit: float = 10.0,
) -> Report:
    """Grade every answer with every seed and hold the rules.

    With the first seed as a learner is graded, or with `every_check` made, those too whose base
    has failed; with the other seeds up to the first check that refuses.
    """
    report = Report(exercise.slug, problems=list(content_problems(exercise)))
    began = time.perf_counter()
    first, *others = seeds
    with opened(runner) as warm:
        workspace = Workspace(warm, limit)
        with closing(workspace):
            for some, policy in (
                ([first], AUDIT if every_check else Policy()),
                (others, FIRST_REFUSAL),
            ):
                units = [
                    Unit(exercise, name, seed)
                    for name in shipped_answers(exercise)
                    for seed in some
                ]
                grading = Grading(catalog, {exercise.slug: units}, workspace, policy)
                report.verdicts += grade(grading, [exercise]) if some else []
        report.graded, report.seconds = len(report.verdicts), time.perf_counter() - began
        report.problems += variant_problems(catalog, exercise, warm)
    for verdict in report.verdicts:
        report.problems += _verdict_problems(exercise, verdict)
    report.problems += _unneeded_checks(exercise, report.verdicts)
    if not report.problems:
        report.matrix = as_data(exercise, (v for v in report.verdicts if v.seed == first))
    return report


def _verdict_problems(exercise: Exercise, verdict: Verdict) -> Iterator[str]:
    place = f"{verdict.answer} (seed {verdict.seed})"
    if verdict.status == "error":
        broken = next((c for c in verdict.checks if c.status == "error"), None)
        told = " ".join(broken.message) if broken else verdict.ungraded or "no check ran"
        yield f"{place} could not be graded: {told[:600]}"
    elif verdict.answer == "starter":
        yield from _starter_problems(place, verdict)
    elif verdict.answer.startswith("wrong/"):
        yield from _wrong_problems(exercise, place, verdict)
    elif verdict.status != "pass":
        first = verdict.failures[0]
        yield f"{place} is refused by {first.name}: {' '.join(first.message)[:300]}"


def _starter_problems(place: str, verdict: Verdict) -> Iterator[str]:
    for check in verdict.checks:
        if check.status == "pass" and not check.guard:
            yield f"{place} passes {check.name}: mend it, or mark it guard"


def _wrong_problems(exercise: Exercise, place: str, verdict: Verdict) -> Iterator[str]:
    told = about(exercise, verdict.answer)
    if verdict.status == "pass":
        yield f"{place} is ACCEPTED"
        return
    first = verdict.failures[0]
    if first.name != told.get("test"):
        yield f"{place} is first refused by {first.name}, not by {told.get('test')}"
    elif first.misconception != told.get("misconception"):
        yield f"{place}: {first.name} names {first.misconception}, not {told.get('misconception')}"
    said = " ".join([*first.message, first.where or "", first.source or ""])
    try:
        if not re.search(told.get("first", ""), " ".join(said.split())):
            yield f"{place}: the message does not say {told['first']!r}: {said[:300]}"
    except re.error as error:
        yield f"{place}: `first` in its answer.toml is no regular expression: {error}"


def _unneeded_checks(exercise: Exercise, verdicts: list[Verdict]) -> Iterator[str]:
    """An own check that is never the first to refuse a wrong answer has nothing to say.

    (Not "the only one": values that an upgrade lost are missing after the downgrade too.)
    """
    first = {v.failures[0].name for v in verdicts if v.failures and v.answer.startswith("wrong/")}
    own = {c.name for v in verdicts for c in v.checks} - set(standard.ALL)
    for name in sorted(own - first):
        yield f"{name} is never the first check to refuse a wrong answer"
