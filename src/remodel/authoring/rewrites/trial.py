"""Grades every rewrite of a solution: whichever is refused shows a defect of the grader."""

import time
from collections.abc import Collection, Iterable, Iterator
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
from remodel.course.toml_file import Text, read_struct
from remodel.errors import RemodelError
from remodel.grading.results import Verdict
from remodel.runner import Runner

#: In an exercise's folder of tests/answers: rewrites that its README rules out, and where it does.
RULED_OUT = "ruled_out.toml"


@dataclass
class Trial:
    """Which rewrites of one solution were made, and which of them were refused, with the reason.

    `ruled_out` are those that the exercise does not want, and `stale` are those of them that pass
    or do not fit.
    """

    exercise: str
    made: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    ruled_out: dict[str, str] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    seconds: float = 0.0


def rewritten(exercise: Exercise, rewrites: Iterable[Rewrite] = REWRITES) -> dict[str, Files]:
    """The files of those of `rewrites` that fit the solution of `exercise`, by their names."""
    solved = Solved(exercise, handed_in(exercise))
    made = {each.name: each.make(solved) for each in rewrites}
    return {name: files for name, files in made.items() if files and files != solved.files}


def try_rewrites(
    catalog: Catalog,
    exercise: Exercise,
    rewrites: Iterable[Rewrite] = REWRITES,
    fresh: bool = False,
    runner: str | Runner = "auto",
) -> Trial:
    """Grade those of `rewrites` that fit the solution of `exercise`."""
    began = time.perf_counter()
    tried = list(rewrites)
    answers = rewritten(exercise, tried)
    trial = Trial(exercise.slug, sorted(answers), ruled_out=_ruled_out(exercise, tried))
    with graded(catalog, exercise, answers.items(), fresh=fresh, runner=runner) as (verdicts, keep):
        refused = {n: _reason(v) for n, v in verdicts.items() if v.status != "pass"}
        keep(verdicts.keys() - refused.keys())
    trial.stale = sorted(trial.ruled_out.keys() - refused.keys())
    trial.refused = {n: reason for n, reason in refused.items() if n not in trial.ruled_out}
    trial.seconds = time.perf_counter() - began
    return trial


def _ruled_out(exercise: Exercise, rewrites: Iterable[Rewrite]) -> dict[str, str]:
    file = exercise.answers_path / RULED_OUT
    reasons = read_struct(file, dict[str, Text]) if file.exists() else {}
    names = {each.name for each in rewrites}
    return {name: reason for name, reason in reasons.items() if name in names}


def _reason(verdict: Verdict) -> str:
    unmade = next((check for check in verdict.checks if check.status == "error"), None)
    first = next(iter(verdict.failures), unmade)
    return f"{first.name}: {' '.join(first.message)}" if first else str(verdict.ungraded)


def try_all(
    catalog: Catalog,
    exercises: Iterable[Exercise],
    names: Collection[str] = (),
    jobs: int | None = None,
    fresh: bool = False,
) -> Iterator[Trial]:
    """The trials of `exercises`, as they end: of all rewrites, or of those with `names`.

    They are made `jobs` at a time in processes of their own. Raises RemodelError for a name that
    no rewrite has.
    """
    if unknown := set(names) - {each.name for each in REWRITES}:
        raise RemodelError(f"No rewrite is called {', '.join(sorted(unknown))}.")
    slugs = [exercise.slug for exercise in exercises]
    return in_processes(partial(_try_named, catalog.root, tuple(names), fresh), slugs, jobs)


def _try_named(root: Path, names: tuple[str, ...], fresh: bool, slug: str) -> Trial:
    catalog = Catalog(root)
    chosen = [each for each in REWRITES if not names or each.name in names]
    return try_rewrites(catalog, catalog.exercise(slug), chosen, fresh)


def on_rewrites(trial: Trial) -> dict[str, Any]:
    """What is published of a trial that refused nothing: each rewrite, and who writes so."""
    who = {each.name: each.who for each in REWRITES}
    accepted = {name: who[name] for name in trial.made if name not in trial.ruled_out}
    return {"rewrites": accepted, "ruled_out": trial.ruled_out}
