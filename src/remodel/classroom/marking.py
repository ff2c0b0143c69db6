"""Grades many hand-ins, in batches, each process with a runner that stays warm."""

import contextlib
import functools
import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import groupby
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from remodel.course.catalog import Catalog
from remodel.errors import RemodelError
from remodel.grading.results import Verdict
from remodel.grading.run import grade
from remodel.grading.session import Grading, Policy, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import LIMIT, Runner, open_runner
from remodel.scratch import lay_out, scratch

#: Every check is made, and none where the course is not as shipped.
POLICY = Policy(only_as_shipped=True)
#: How many answers one run of pytest grades: so many that its start costs little, and so few that
#: little is lost with the run.
BATCH = 8


#: What the teacher's own grader is called while it is at work.
_HIDDEN = "test_hidden.py"


@dataclass(frozen=True)
class Job:
    """One hand-in to be graded; `key` is what its result is kept by."""

    key: str
    slug: str
    variant: int
    seed: int
    files: Mapping[str, bytes]
    #: The teacher's own grader of the exercise, whose checks no learner is shown.
    hidden: bytes = b""
    changed_course: bool = False
    limit: float = LIMIT

    @property
    def kind(self) -> tuple[str, int, int, bytes, bool, float]:
        """What all jobs of a batch have in common."""
        return (
            self.slug,
            self.variant,
            self.seed,
            self.hidden,
            self.changed_course,
            self.limit,
        )


#: What comes of a job: the object that results.json would hold.
Outcome = Mapping[str, Any]
#: Makes a place for the work to be done in.
ExecutorMaker = Callable[[int | None], Executor]


def processes(most: int | None = None) -> Executor:
    """Processes of this machine: one more than there are cores, unless `most` says otherwise."""
    context = multiprocessing.get_context("spawn")
    return _Processes(_at_once(most), mp_context=context, initializer=_begin_process)


class _Processes(ProcessPoolExecutor):
    """Whoever does not wait for them has them stop: a batch may take a minute."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        processes = list((self._processes or {}).values())
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
        for process in () if wait else processes:
            process.terminate()


def _at_once(most: int | None) -> int:
    return most or (os.cpu_count() or 1) + 1


def _begin_process() -> None:
    """Ctrl-C is for the process that waits for this one; where that is gone, so is this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


class _Work:
    """Whether this process grades at the moment, and whether it is to grade any more."""

    is_on = is_stopped = False


def _stop(_number: int, _frame: object) -> None:
    """Leave what is graded as Ctrl-C would, so that it clears away; this process then ends."""
    _Work.is_stopped = True
    if _Work.is_on:
        raise KeyboardInterrupt


@contextlib.contextmanager
def _at_work() -> Iterator[None]:
    if _Work.is_stopped:
        raise KeyboardInterrupt
    _Work.is_on = True
    try:
        yield
    finally:
        _Work.is_on = False


def mark_all(
    root: Path, jobs: Iterable[Job], make: ExecutorMaker = processes, most: int | None = None
) -> Iterator[tuple[Job, Outcome]]:
    """What comes of each of `jobs` in the course at `root`, as they end.

    A hand-in that ends the process that grades it is graded once more, by itself, and then named:
    it never stops the others.
    """
    # By exercise: what is known of its solution is used by the next.
    waiting = {job.key: job for job in sorted(jobs, key=lambda job: job.kind)}
    size, alone = _size(len(waiting), most), False
    while waiting:
        at_once = [next(iter(waiting.values()))] if alone else list(waiting.values())
        try:
            for job, outcome in _together(
                root, _batches(at_once, size), make, 1 if alone else most
            ):
                del waiting[job.key]
                yield job, outcome
        except BrokenExecutor:
            if alone:
                (job,) = at_once
                del waiting[job.key]
                yield job, _not_graded(job, "The process that graded it was ended by it.")
            # Once it is known which one it was, the others are graded together again.
            alone, size = size == 1 and not alone, 1


def _size(jobs: int, most: int | None) -> int:
    """How large the batches are: each process has several, so that all end at about one time."""
    return max(1, min(BATCH, jobs // (3 * _at_once(most))))


def _batches(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    for _, alike in groupby(jobs, key=lambda job: job.kind):
        rest = list(alike)
        while rest:
            yield rest[:size]
            rest = rest[size:]


def _together(
    root: Path, batches: Iterable[list[Job]], make: ExecutorMaker, most: int | None
) -> Iterator[tuple[Job, Outcome]]:
    executor = make(most)
    broken: BaseException | None = None
    try:
        futures: dict[Future[list[Outcome]], list[Job]] = {
            executor.submit(mark, root, batch): batch for batch in batches
        }
        for future in as_completed(futures):
            batch = futures.pop(future)
            if isinstance(error := future.exception(), BrokenExecutor):
                broken = error  # where processes are many, the others grade on
            else:
                yield from zip(batch, future.result(), strict=True)
        if broken:
            raise broken
    finally:
        # Whoever is interrupted does not wait for what nobody will read.
        executor.shutdown(wait=False, cancel_futures=True)


def mark(root: Path, batch: Sequence[Job]) -> list[Outcome]:
    """Grade hand-ins of one kind in one run of pytest; what goes wrong is an outcome, too."""
    with _at_work():
        return _outcomes(root, batch)


def _outcomes(root: Path, batch: Sequence[Job]) -> list[Outcome]:
    try:
        verdicts = _marked(_catalog(root), batch)
        return [
            _with_hidden(job, verdict.as_json() | {"answer": job.slug})
            for job, verdict in zip(batch, verdicts, strict=True)
        ]
    except Exception as error:  # whatever a hand-in does to the grader, the next has its turn
        if len(batch) > 1:
            return [outcome for job in batch for outcome in _outcomes(root, [job])]
        of_ours = isinstance(error, RemodelError)
        failed = f"The grader failed: {type(error).__name__}: {error}"[:2000]
        return [_not_graded(job, str(error) if of_ours else failed) for job in batch]


def _with_hidden(job: Job, outcome: Outcome) -> Outcome:
    names = set(re.findall(r"^def (test_\w+)", job.hidden.decode("utf-8", "replace"), re.MULTILINE))
    tests = [{**test, "hidden": test["name"] in names} for test in outcome["tests"]]
    return {**outcome, "tests": tests}


def _marked(catalog: Catalog, batch: Sequence[Job]) -> list[Verdict]:
    job = batch[0]
    exercise = catalog.exercise(job.slug).in_variant(job.variant)
    with scratch() as place:
        units = [
            Unit(exercise, _laid_out(each, place / str(number)), each.seed, str(number))
            for number, each in enumerate(batch)
        ]
        policy = Policy() if job.changed_course else POLICY
        workspace = _workspace(job.slug, job.variant, job.limit)
        hidden = {_HIDDEN: job.hidden} if job.hidden else {}
        lay_out(hidden, place)
        graders = {place / file: job.slug for file in hidden}
        grading = Grading(catalog, {job.slug: units}, workspace, policy, more_graders=graders)
        grade(grading, [exercise])
        return [_without_place(grading.verdict(unit), unit) for unit in units]


def _laid_out(job: Job, place: Path) -> str:
    folder = place / job.slug
    folder.mkdir(parents=True)
    lay_out(job.files, folder)
    return str(folder)


def _without_place(verdict: Verdict, unit: Unit) -> Verdict:
    """`verdict` without the folder that was there for the grading alone."""
    if verdict.ungraded:
        verdict.ungraded = verdict.ungraded.replace(unit.answers, unit.exercise.slug)
    return verdict


def _not_graded(job: Job, reason: str) -> Outcome:
    return {**Verdict(job.slug, job.slug, job.seed, "").as_json(), "ungraded": reason}


@functools.cache
def _catalog(root: Path) -> Catalog:
    return Catalog(root)


@functools.cache
def _runner() -> Runner:
    """This process's runner. Nobody closes it: it ends with the process."""
    return open_runner()


class _Kept:
    """The workspace of the exercise that this process grades: it remembers the solution's runs."""

    of: tuple[str, int, float] | None = None
    workspace: Workspace | None = None


def _workspace(slug: str, variant: int, limit: float) -> Workspace:
    if _Kept.workspace is None or _Kept.of != (slug, variant, limit):
        if _Kept.workspace:
            _Kept.workspace.close()
        _Kept.of, _Kept.workspace = (slug, variant, limit), Workspace(_runner(), limit)
    return _Kept.workspace
