"""Grades a class: what was graded before is read, the rest is graded, and each result is kept."""

import functools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from remodel.classroom.assignment import Assignment
from remodel.classroom.book import Gradebook, gradebook
from remodel.classroom.marking import BATCH, ExecutorMaker, Job, mark_all, processes
from remodel.classroom.results_store import Graded, GradedCheck, Keys, ResultStore
from remodel.classroom.submissions import Submission
from remodel.classroom.untouched import is_untouched
from remodel.course.catalog import Catalog
from remodel.runner import LIMIT

#: So many answers tell how long the others will take: processes of a laptop have begun by then, and
#: each has ended a batch.
ENOUGH = 3 * BATCH


@dataclass
class Count:
    """How far a grading has come."""

    total: int
    #: How many of them were graded in an earlier run.
    known: int = 0
    done: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def add(self, status: str, times: int) -> None:
        """So many more ended so."""
        self.done += times
        self.by_status[status] = self.by_status.get(status, 0) + times

    @property
    def seconds_left(self) -> float | None:
        """About how long the rest will take; None where too few have ended to tell."""
        fresh, waiting = self.done - self.known, self.total - self.known
        spent = time.monotonic() - self.began
        enough = min(ENOUGH, waiting // 2)
        return spent / fresh * (self.total - self.done) if fresh > 0 and fresh >= enough else None


@dataclass(frozen=True)
class Options:
    """How a class is graded."""

    jobs: int | None = None
    limit: float = LIMIT
    changed_course: bool = False
    make: ExecutorMaker = processes


def grade_class(
    catalog: Catalog,
    assignment: Assignment,
    submissions: list[Submission],
    store: ResultStore,
    options: Options,
    show: Callable[[Count], None],
) -> Gradebook:
    """The gradebook of `submissions`; `show` hears how far it has come."""
    places: dict[str, list[tuple[str, str]]] = {}
    jobs: dict[str, Job] = {}
    for job, place in _jobs(catalog, assignment, submissions, options):
        places.setdefault(job.key, []).append(place)
        jobs[job.key] = job
    results: dict[str, Graded] = {}
    once: dict[GradedCheck, GradedCheck] = {}
    count = Count(sum(map(len, places.values())))
    for key in jobs:
        if known := store.read(key):
            results[key] = _sharing(known, once)
            count.add(known.status, len(places[key]))
    count.known = count.done
    show(count)
    waiting = [job for key, job in jobs.items() if key not in results]
    for job, outcome in mark_all(catalog.root, waiting, options.make, options.jobs):
        results[job.key] = _sharing(msgspec.convert(outcome, Graded), once)
        if results[job.key].status in ("pass", "fail"):
            # The rest may be the machine's fault, or put right by then: it is graded again.
            store.write(job.key, outcome)
        count.add(results[job.key].status, len(places[job.key]))
        show(count)
    by_place = {place: results[key] for key, found in places.items() for place in found}
    return gradebook(assignment, submissions, by_place)


def _sharing(result: Graded, once: dict[GradedCheck, GradedCheck]) -> Graded:
    """`result` with one object for checks that are alike: ten thousand answers have few kinds."""
    tests = tuple(once.setdefault(check, check) for check in result.tests)
    return msgspec.structs.replace(result, tests=tests)


def _jobs(
    catalog: Catalog, assignment: Assignment, submissions: list[Submission], options: Options
) -> Iterable[tuple[Job, tuple[str, str]]]:
    """The work, each with whose it is and of which exercise; equal hand-ins are one job.

    A starter that nobody has touched is none.
    """
    keys = Keys(catalog)
    in_variant = functools.cache(lambda s, number: catalog.exercises[s].in_variant(number))
    for submission in submissions:
        learner = assignment.learner(submission.person)
        for slug, files in submission.answers.items():
            variant = assignment.variant(learner, catalog.exercises[slug])
            exercise = in_variant(slug, variant)
            if is_untouched(exercise, files):
                continue
            seed = assignment.seed(slug)
            hidden = assignment.hidden.get(slug, b"")
            key = keys.key(exercise, seed, files, hidden)
            yield (
                Job(key, slug, variant, seed, files, hidden, options.changed_course, options.limit),
                (submission.person.id, slug),
            )


def result_folder(out: Path) -> Path:
    """Where in the gradebook's folder the results lie."""
    return out / "results"
