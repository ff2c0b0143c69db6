"""Grades every rewrite of a solution: whichever is refused shows a defect of the grader."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from remodel.authoring.made_answers import graded, handed_in
from remodel.authoring.processes import in_processes
from remodel.authoring.rewrites.catalogue import REWRITES
from remodel.authoring.rewrites.rewrite import Files, Rewrite, Solved
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading.results import Verdict
from remodel.runner import Runner


@dataclass
class Trial:
    """Which rewrites of one solution were made, and which of them were refused, with the reason."""

    exercise: str
    made: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


def rewritten(exercise: Exercise) -> dict[str, Files]:
    """The files of every rewrite that applies to the solution of `exercise`, by its name."""
    solved = Solved(exercise, handed_in(exercise))
    made = {each.name: each.make(solved) for each in REWRITES}
    return {name: files for name, files in made.items() if files and files != solved.files}


def try_rewrites(
    catalog: Catalog,
    exercise: Exercise,
    names: Iterable[str] = (),
    fresh: bool = False,
    runner: str | Runner = "auto",
) -> Trial:
    """Grade the rewrites of `exercise`, all of them or those with `names`."""
    began = time.perf_counter()
    chosen = set(names)
    answers = rewritten(exercise)
    answers = {name: files for name, files in answers.items() if not chosen or name in chosen}
    trial = Trial(exercise.slug, sorted(answers))
    with graded(catalog, exercise, answers.items(), fresh=fresh, runner=runner) as (verdicts, keep):
        trial.refused = {n: _reason(v) for n, v in verdicts.items() if v.status != "pass"}
        keep(verdicts.keys() - trial.refused.keys())
    trial.seconds = time.perf_counter() - began
    return trial


def _reason(verdict: Verdict) -> str:
    unmade = next((check for check in verdict.checks if check.status == "error"), None)
    first = next(iter(verdict.failures), unmade)
    return f"{first.name}: {' '.join(first.message)}" if first else str(verdict.ungraded)


def try_all(
    catalog: Catalog,
    exercises: Iterable[Exercise],
    names: Iterable[str] = (),
    jobs: int | None = None,
    fresh: bool = False,
) -> Iterator[Trial]:
    """The trials of `exercises`, `jobs` at a time in processes of their own, as they end."""
    slugs = [exercise.slug for exercise in exercises]
    return in_processes(partial(_try_named, catalog.root, tuple(names), fresh), slugs, jobs)


def _try_named(root: Path, names: tuple[str, ...], fresh: bool, slug: str) -> Trial:
    catalog = Catalog(root)
    return try_rewrites(catalog, catalog.exercise(slug), names, fresh)


def on_rewrites(trial: Trial) -> dict[str, Any]:
    """What is published of a trial that refused nothing: each rewrite, and who writes so."""
    who: dict[str, Rewrite] = {each.name: each for each in REWRITES}
    return {"rewrites": {name: who[name].who for name in trial.made}}
