"""Spoils each solution's revisions in many ways, and asks which of them the grader does not see.

Two catalogues: A shapes the rows that the grader uses, so it has to refuse all of A. B was written
without a look at A and never makes a row: its rate says how the grader does on what nobody had in
mind. A spoiler that alters no row which could be there is equivalent, and counts for neither.
"""

import ast
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from remodel.authoring.made_answers import graded, handed_in
from remodel.authoring.mutants import held_out_sql
from remodel.authoring.mutants.bad_migrations import with_more
from remodel.authoring.mutants.reachable import Reach
from remodel.authoring.mutants.spoil import VALUES, changes_on
from remodel.authoring.processes import in_processes
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.database import sqlite
from remodel.database.reflection import read_schema
from remodel.grading.answer import Answer, solution
from remodel.grading.workspace.workspace import Workspace
from remodel.history import VERSIONS
from remodel.runner import open_runner


@dataclass(frozen=True)
class Spoiler:
    """One change to a revision: `first` and `last` are put around the commands of `function`."""

    catalogue: str
    name: str
    function: str
    first: str = ""
    last: str = ""

    @property
    def called(self) -> str:
        """What the list of survivors calls it."""
        return f"{self.catalogue}, {self.function}: {self.name}"


@dataclass
class Spoiled:
    """How many spoilers of one solution there were by catalogue, and which of them survived.

    `equivalent` are survivors that alter nothing which could be there.
    """

    exercise: str
    made: dict[str, int] = field(default_factory=dict)
    survived: list[str] = field(default_factory=list)
    equivalent: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def rate(self, catalogue: str) -> tuple[int, int]:
        """How many of `catalogue` were refused, and of how many that alter something."""
        own = [[x for x in xs if x[0] == catalogue] for xs in (self.survived, self.equivalent)]
        counted = self.made.get(catalogue, 0) - len(own[1])
        return counted - len(own[0]), counted


def spoilers(theirs: Iterable[str] = (), engine: str = "sqlite") -> Iterator[Spoiler]:
    """Every spoiler on `engine`; none touches `theirs`, the tables of other programs."""

    def call(catalogue: str, name: str) -> str:
        return (
            "from alembic import op as operations\n"
            "from remodel.authoring.mutants.spoil import spoil\n"
            f"spoil(operations.get_bind(), {catalogue!r}, {name!r}, {sorted(theirs)!r})\n"
        )

    for catalogue in VALUES:
        for name in changes_on(engine, catalogue):
            for function in ("upgrade", "downgrade"):
                yield Spoiler(catalogue, name, function, last=call(catalogue, name))
    for name in held_out_sql.statements_on(engine):
        if name in held_out_sql.ROWS:
            yield Spoiler("B", name, "upgrade", last=call("B", name))
            yield Spoiler("B", name, "downgrade", last=call("B", name))
        elif name in held_out_sql.LIFE:
            yield Spoiler("B", name, "downgrade", first=call("B", name))
        else:
            yield Spoiler("B", name, "upgrade", last=call("B", name))
    bind = "from alembic import op as operations\nbind = operations.get_bind()\n"
    for name, code in held_out_sql.commits_on(engine).items():
        yield Spoiler("B", name, "upgrade", last=f"{bind}{code}\n")
    for name, code in held_out_sql.MODELS.items():
        yield Spoiler("B", name, "upgrade", first=f"{bind}{code}\n")


def spoiled(exercise: Exercise, sample: int = 0) -> dict[Spoiler, dict[str, bytes]]:
    """The files of the solution with each spoiler; `sample` of each catalogue, or all."""
    handed = handed_in(exercise)
    file = _last_revision(exercise, handed)
    if not file:
        return {}
    theirs = read_schema(sqlite.run_script(b"", exercise.theirs)).tables
    chosen = [
        each
        for each in spoilers(theirs, exercise.database)
        if each.function == "upgrade" or not exercise.standard.one_way
    ]
    if sample:
        draw = random.Random(exercise.slug)
        own = {each: [x for x in chosen if x.catalogue == each] for each in VALUES}
        chosen = [x for xs in own.values() for x in draw.sample(xs, min(sample, len(xs)))]
    text = handed[file].decode("utf-8")
    return {
        each: {**handed, file: with_more(text, each.function, each.first, each.last).encode()}
        for each in chosen
    }


def _last_revision(exercise: Exercise, handed: Mapping[str, bytes]) -> str:
    """The file of the newest revision that is handed in, where it has both functions."""
    order = solution(exercise).history.order()
    files = [revision.file for revision in order if revision.file in handed]
    if not files or not files[-1].startswith(VERSIONS):
        return ""
    tree = ast.parse(handed[files[-1]])
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return files[-1] if {"upgrade", "downgrade"} <= names else ""


def try_spoilers(
    catalog: Catalog, exercise: Exercise, sample: int = 0, fresh: bool = False
) -> Spoiled:
    """Grade the solution of `exercise` with each spoiler, or with `sample` of each catalogue."""
    began = time.perf_counter()
    made = spoiled(exercise, sample)
    outcome = Spoiled(exercise.slug)
    for each in made:
        outcome.made[each.catalogue] = outcome.made.get(each.catalogue, 0) + 1
    named = [(each.called, files) for each, files in made.items()]
    with graded(catalog, exercise, named, fresh=fresh) as (verdicts, keep):
        keep(name for name, verdict in verdicts.items() if verdict.status == "fail")
        survivors = [each for each in made if verdicts[each.called].status != "fail"]
    if survivors:
        with closing(open_runner()) as runner, closing(Workspace(runner)) as workspace:
            reach = Reach(exercise, workspace)
            for each in survivors:
                answer = _with_files(exercise, made[each])
                does = reach.alters(answer, each)
                (outcome.survived if does else outcome.equivalent).append(each.called)
    outcome.seconds = time.perf_counter() - began
    return outcome


def _with_files(exercise: Exercise, files: Mapping[str, bytes]) -> Answer:
    own = solution(exercise)
    return Answer(exercise, "spoiled", {**own.files, **files})


def try_all_spoilers(
    catalog: Catalog,
    exercises: Iterable[Exercise],
    sample: int = 0,
    jobs: int | None = None,
    fresh: bool = False,
) -> Iterator[Spoiled]:
    """The same of all `exercises`, `jobs` at a time in processes of their own, as they end."""
    slugs = [each.slug for each in exercises]
    return in_processes(partial(_try_named, catalog.root, sample, fresh), slugs, jobs)


def _try_named(root: Path, sample: int, fresh: bool, slug: str) -> Spoiled:
    catalog = Catalog(root)
    return try_spoilers(catalog, catalog.exercise(slug), sample, fresh)


def on_spoilers(outcome: Spoiled) -> dict[str, Any]:
    """What is published of a trial of all spoilers."""
    rates = {each: dict(zip(("refused", "of"), outcome.rate(each), strict=True)) for each in "AB"}
    survived, equivalent = sorted(outcome.survived), sorted(outcome.equivalent)
    return {"spoilers": {**rates, "survived": survived, "equivalent": equivalent}}
