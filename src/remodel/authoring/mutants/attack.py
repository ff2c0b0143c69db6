"""Attacks a grader with mutants of its exercise's solution; who survives must be explained.

Beside small faults, these are the bad migrations that other tests were seen to accept.
"""

import fnmatch
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from remodel.authoring.mutants.bad_migrations import bad_migrations
from remodel.authoring.mutants.text import mutants_of
from remodel.authoring.processes import in_processes
from remodel.authoring.verdict_cache import VerdictCache
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.errors import CourseError
from remodel.grading.answer import solution
from remodel.grading.results import Verdict
from remodel.grading.session import FIRST_REFUSAL, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import opened

#: In tests/answers: reasons for every exercise; in an exercise's own folder: for that one.
EXPLAINED = "equivalent.toml"
#: What `flask db init` writes is no work of the learner's.
WRITTEN_BY_INIT = "migrations/[!v]*"
#: The solution itself, which must pass: else a refused mutant proves nothing.
ORIGINAL = "original"
#: How many mutants one pytest run grades: each has a score of tests.
BATCH = 25


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
    with (
        tempfile.TemporaryDirectory(prefix="remodel-mutants-") as folder,
        opened() as runner,
        closing(Workspace(runner, limit=4.0)) as workspace,
    ):
        named = dict(_laid_out(exercise, Path(folder)))
        units = [Unit(exercise, place, seed) for place in named]
        cache = VerdictCache(catalog, workspace, FIRST_REFUSAL, fresh)
        verdicts = [
            verdict
            for start in range(0, len(units), BATCH)
            for verdict in cache.verdicts(units[start : start + BATCH])
        ]
        outcome.made = len(named) - 1
        _explain(outcome, catalog, exercise, set(_survivors(named, verdicts)))
        if not outcome.unexplained and not outcome.stale:
            cache.keep(units, verdicts)
    outcome.seconds = time.perf_counter() - began
    return outcome


def _survivors(named: dict[str, str], verdicts: list[Verdict]) -> Iterator[str]:
    for verdict in verdicts:
        if verdict.status != "fail":
            broken = " (not graded)" if verdict.status == "error" else ""
            yield named[verdict.answer] + broken


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


def _laid_out(exercise: Exercise, folder: Path) -> Iterator[tuple[str, str]]:
    """Each mutant in a folder of its own: the folder, and what the mutant is called."""
    handed = _handed_in(exercise)
    _lay_out(exercise, handed, folder / ORIGINAL)
    yield str(folder / ORIGINAL), ORIGINAL
    made = list[dict[str, str]]()
    for name, files in (*_mutants(exercise, handed), *bad_migrations(exercise, handed)):
        if files in made:
            continue  # to empty a downgrade of one command, and to drop the command, are one
        made.append(files)
        place = folder / str(len(made))
        _lay_out(exercise, files, place)
        yield str(place), name


def _mutants(exercise: Exercise, handed: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    for file, text in handed.items():
        if fnmatch.fnmatch(file, WRITTEN_BY_INIT):
            continue
        given = exercise.given.get(file, b"").decode("utf-8")
        for name, mutated in mutants_of(file, text, given):
            yield f"{file}: {name}", {**handed, file: mutated}


def _lay_out(exercise: Exercise, files: dict[str, str], place: Path) -> None:
    for each, content in files.items():
        (place / each).parent.mkdir(parents=True, exist_ok=True)
        (place / each).write_text(content, encoding="utf-8")
    settings = exercise.solution_path / "answer.toml"
    if settings.exists():
        (place / "answer.toml").write_bytes(settings.read_bytes())


def _handed_in(exercise: Exercise) -> dict[str, str]:
    whole = solution(exercise)
    return {
        file: content.decode("utf-8")
        for file, content in sorted(whole.files.items())
        if exercise.accepts(file) and exercise.given.get(file) != content
    }


def _explained(catalog: Catalog, exercise: Exercise) -> tuple[dict[str, str], dict[str, str]]:
    common = read_struct(catalog.layout.answers / EXPLAINED, CommonReasons)
    names_count = "names" in exercise.compare
    shared = {**common.always, **({} if names_count else common.where_names_do_not_count)}
    own = exercise.answers_path / EXPLAINED
    return shared, read_struct(own, dict[str, Text]) if own.exists() else {}


def _matching(patterns: dict[str, str], name: str) -> str | None:
    reasons: Iterable[str] = (r for p, r in patterns.items() if fnmatch.fnmatchcase(name, p))
    return next(iter(reasons), None)
