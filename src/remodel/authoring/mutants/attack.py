"""Attacks a grader with mutants of its exercise's solution; who survives must be explained.

Beside small faults, these are the bad migrations that other tests were seen to accept.
"""

import fnmatch
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from remodel.authoring.made_answers import graded, handed_in
from remodel.authoring.mutants.bad_migrations import bad_migrations
from remodel.authoring.mutants.text import mutants_of
from remodel.authoring.processes import in_processes
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError
from remodel.grading.results import Verdict

#: In tests/answers: reasons for every exercise; in an exercise's own folder: for that one.
EXPLAINED = "equivalent.toml"
#: What `flask db init` writes is no work of the learner's.
WRITTEN_BY_INIT = "migrations/[!v]*"
#: The solution itself, which must pass: else a refused mutant proves nothing.
ORIGINAL = "original"


class CommonReasons(TomlStruct):
    """Why a mutant is no fault, by a pattern for its name, whatever the exercise."""

    always: dict[str, Text]
    where_names_do_not_count: dict[str, Text] = msgspec.field(name="where-names-do-not-count")


@dataclass
class Attack:
    """How many mutants of one solution were made and refused, and who survived, with the reason.

    `unexplained` are survivors without a reason; `stale` are reasons without a survivor.
    """

    exercise: str
    made: int = 0
    survived: dict[str, str] = field(default_factory=dict)
    unexplained: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    seconds: float = 0.0


def attack(catalog: Catalog, exercise: Exercise, seed: int = 1, fresh: bool = False) -> Attack:
    """Grade every mutant of the solution of `exercise`, those that are known only if `fresh`."""
    began = time.perf_counter()
    outcome = Attack(exercise.slug)
    answers = list(_made(exercise))
    outcome.made = len(answers) - 1
    with graded(catalog, exercise, answers, seed=seed, fresh=fresh, limit=4.0) as (verdicts, keep):
        # What is refused is refused, whatever becomes of the others.
        keep(name for name, verdict in verdicts.items() if verdict.status == "fail")
        _explain(outcome, catalog, exercise, set(_survivors(verdicts)))
        if not outcome.unexplained and not outcome.stale:
            keep(verdicts)
    outcome.seconds = time.perf_counter() - began
    return outcome


def _survivors(verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    for name, verdict in verdicts.items():
        if verdict.status != "fail":
            yield name + (" (not graded)" if verdict.status == "error" else "")


def _explain(outcome: Attack, catalog: Catalog, exercise: Exercise, survivors: set[str]) -> None:
    """Sort `survivors` into those that are no fault and those that nobody has explained."""
    if ORIGINAL not in survivors:
        raise CourseError(
            f"The solution of {exercise.slug} is refused as `dev attack` lays it out, so that the "
            f"refusal of a mutant would prove nothing. See: remodel dev check {exercise.slug}"
        )
    survivors.remove(ORIGINAL)
    shared, own = _explained(catalog, exercise)
    for name in sorted(survivors):
        reason = own.get(name) or _matching(shared, name)
        if reason:
            outcome.survived[name] = reason
        else:
            outcome.unexplained.append(name)
    outcome.stale = sorted(set(own) - survivors)


def attack_all(
    catalog: Catalog, exercises: Iterable[Exercise], jobs: int | None = None, fresh: bool = False
) -> Iterator[Attack]:
    """The attacks on `exercises`, `jobs` at a time in processes of their own, as they end."""
    slugs = [exercise.slug for exercise in exercises]
    return in_processes(partial(_attack_named, catalog.root, fresh), slugs, jobs)


def _attack_named(root: Path, fresh: bool, slug: str) -> Attack:
    catalog = Catalog(root)
    return attack(catalog, catalog.exercise(slug), fresh=fresh)


def on_mutants(outcome: Attack) -> dict[str, Any]:
    """What is published of an attack in which every survivor is explained."""
    refused = outcome.made - len(outcome.survived)
    survived = dict(sorted(outcome.survived.items()))
    return {"mutants": {"made": outcome.made, "refused": refused, "equivalent": survived}}


def _made(exercise: Exercise) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The solution itself, and each mutant of it: what it is called, and its files."""
    handed = handed_in(exercise)
    yield ORIGINAL, handed
    texts = {file: content.decode("utf-8") for file, content in handed.items()}
    made = list[dict[str, str]]()
    for name, files in (*_mutants(exercise, texts), *bad_migrations(exercise, texts)):
        if files in made:
            continue  # to empty a downgrade of one command, and to drop the command, are one
        made.append(files)
        yield name, {file: text.encode() for file, text in files.items()}


def _mutants(exercise: Exercise, handed: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    for file, text in handed.items():
        if fnmatch.fnmatch(file, WRITTEN_BY_INIT):
            continue
        given = exercise.given.get(file, b"").decode("utf-8")
        for name, mutated in mutants_of(file, text, given):
            yield f"{file}: {name}", {**handed, file: mutated}


def _explained(catalog: Catalog, exercise: Exercise) -> tuple[dict[str, str], dict[str, str]]:
    common = read_struct(catalog.layout.answers / EXPLAINED, CommonReasons)
    names_count = "names" in exercise.compare
    shared = {**common.always, **({} if names_count else common.where_names_do_not_count)}
    own = exercise.answers_path / EXPLAINED
    return shared, read_struct(own, dict[str, Text]) if own.exists() else {}


def _matching(patterns: dict[str, str], name: str) -> str | None:
    reasons: Iterable[str] = (r for p, r in patterns.items() if fnmatch.fnmatchcase(name, p))
    return next(iter(reasons), None)
