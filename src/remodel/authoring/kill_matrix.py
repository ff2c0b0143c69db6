"""A grader is judged by its mistakes: every shipped answer is graded, and its verdict held to."""

import functools
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from remodel.authoring.content_rules import (
    about,
    content_problems,
    settings_problems,
    shipped_answers,
)
from remodel.authoring.processes import in_processes
from remodel.authoring.variants import variant_problems
from remodel.authoring.verdict_cache import VerdictCache
from remodel.authoring.verdicts_file import on_answers
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading import standard
from remodel.grading.results import Verdict
from remodel.grading.session import AUDIT, FIRST_REFUSAL, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Runner, open_runner, opened


@dataclass
class Report:
    """What is wrong with one exercise, and the verdicts that show it; `known` were not new."""

    exercise: str
    known: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    #: What is published of the verdicts; empty where there are problems.
    to_publish: dict[str, Any] = field(default_factory=dict)


def check_exercises(
    catalog: Catalog,
    exercises: Iterable[Exercise],
    seeds: Sequence[int],
    jobs: int | None = None,
    limit: float = 10.0,
    fresh: bool = False,
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
    return in_processes(
        functools.partial(_check_named, catalog.root, seeds, limit, fresh), slugs, jobs
    )


def _check_named(root: Path, seeds: Sequence[int], limit: float, fresh: bool, slug: str) -> Report:
    catalog = Catalog(root)
    return check_exercise(catalog, catalog.exercise(slug), seeds, _runner(), limit, fresh)


@functools.cache
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
    limit: float = 10.0,
    fresh: bool = False,
) -> Report:
    """Grade every answer with every seed and hold the rules.

    With the first seed every check is made, those too whose base has failed; what a learner hears
    follows from that. With the other seeds no check is made after the first that refuses. What is
    known already is not graded again, unless all verdicts are to be `fresh`.
    """
    report = Report(exercise.slug, problems=list(content_problems(exercise)))
    if any(settings_problems(exercise)):  # each answer would only say the same again
        return report
    began = time.perf_counter()
    first, *others = seeds
    answers = shipped_answers(exercise)
    with opened(runner) as warm, closing(Workspace(warm, limit)) as workspace:
        refusals = VerdictCache(catalog, workspace, FIRST_REFUSAL, fresh)
        audit = VerdictCache(catalog, workspace, AUDIT, fresh)
        for some, cache in (([first], audit), (others, refusals)):
            units = [Unit(exercise, name, seed) for name in answers for seed in some]
            _judge(report, units, cache)
        report.known = audit.known + refusals.known
        report.problems += variant_problems(exercise, refusals)
    report.seconds = time.perf_counter() - began
    report.problems += _unneeded_checks(exercise, report.verdicts)
    if not report.problems:
        of_first = [verdict for verdict in report.verdicts if verdict.seed == first]
        report.to_publish = on_answers(catalog, exercise, of_first)
    return report


def answer_problems(
    catalog: Catalog,
    exercise: Exercise,
    answers: Iterable[str],
    seeds: Iterable[int],
    runner: str | Runner = "auto",
    fresh: bool = False,
) -> list[str]:
    """Which of `answers` do not get the verdict that they should, with each of `seeds`.

    No check is made after the first that refuses, but for the starter: all of its checks count.
    """
    report, answers, seeds = Report(exercise.slug), list(answers), list(seeds)
    with opened(runner) as warm, closing(Workspace(warm)) as workspace:
        for policy in (AUDIT, FIRST_REFUSAL):
            names = [name for name in answers if (name == "starter") == (policy is AUDIT)]
            units = [Unit(exercise, name, seed) for name in names for seed in seeds]
            _judge(report, units, VerdictCache(catalog, workspace, policy, fresh))
    return report.problems


def _judge(report: Report, units: list[Unit], cache: VerdictCache) -> None:
    """Add the verdicts on `units`, and what is wrong with them, to `report`."""
    for unit, verdict in zip(units, cache.verdicts(units), strict=True):
        problems = list(_verdict_problems(unit.exercise, verdict))
        if not problems:
            cache.keep([unit], [verdict])
        report.problems += problems
        report.verdicts.append(verdict.for_learner())


def _verdict_problems(exercise: Exercise, verdict: Verdict) -> Iterator[str]:
    place = f"{verdict.answer} (seed {verdict.seed})"
    if verdict.status == "error":
        broken = next((c for c in verdict.checks if c.status == "error"), None)
        reason = " ".join(broken.message) if broken else verdict.ungraded or "no check ran"
        yield f"{place} could not be graded: {reason[:600]}"
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
            yield f"{place} passes {check.name}: make it fail on the starter, or mark it guard"


def _wrong_problems(exercise: Exercise, place: str, verdict: Verdict) -> Iterator[str]:
    settings = about(exercise, verdict.answer)
    if verdict.status == "pass":
        yield f"{place} is ACCEPTED"
        return
    first = verdict.failures[0]
    if first.name != settings.test:
        yield f"{place} is first refused by {first.name}, not by {settings.test}"
    elif first.misconception != settings.misconception:
        yield f"{place}: {first.name} names {first.misconception}, not {settings.misconception}"
    message = " ".join([*first.message, first.where or "", first.source or ""])
    try:
        if not re.search(settings.first, " ".join(message.split())):
            yield f"{place}: the message does not say {settings.first!r}: {message[:300]}"
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
