"""`make nightly-seeds`: exercises whose clients and servers are processes, with many seeds.

Such a grading waits for events and never for a clock, so that the same answer gets the same
verdict with every seed and on a machine that has other work. Each exercise of the last lesson is
graded with fifty seeds, and with one more while two programs for each processor do sums. It ends
with 1 where a verdict is another than the answer deserves.
"""

import argparse
import functools
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from remodel.authoring.kill_matrix import answer_problems
from remodel.authoring.processes import in_processes
from remodel.course.catalog import find_course
from tests.nights import one_for_each_check

CATALOG = find_course()
LAST = list(CATALOG.lessons)[-1]
#: A program that has work for ever.
SUMS = (sys.executable, "-I", "-S", "-c", "n = 0\nwhile True: n += 1")


def main() -> int:
    """Grade the exercises that are named, or those of the last lesson; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.nightly.seeds")
    parser.add_argument("slugs", nargs="*", metavar="SLUG")
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--answers", type=int, help="so many of each exercise; else one a check")
    options = parser.parse_args()
    slugs = options.slugs or [e.slug for e in CATALOG.exercises.values() if e.lesson == LAST]
    most = options.answers
    problems = tried(slugs, range(1, options.seeds + 1), most, "alone")
    with busy_processors():
        problems += tried(slugs, [options.seeds + 1], most, "beside busy processors")
    for each in problems:
        print(each)
    return 1 if problems else 0


def tried(slugs: list[str], seeds: Sequence[int], most: int | None, how: str) -> list[str]:
    """What is wrong with the verdicts, after a line for each exercise."""
    problems = list[str]()
    work = functools.partial(_of_exercise, seeds, most)
    for slug, verdicts, amiss, seconds in in_processes(work, slugs, os.cpu_count()):
        print(f"{slug} {how}: {verdicts} verdicts, {len(amiss)} amiss, {seconds:.0f} s", flush=True)
        problems += [f"{slug}: {each}" for each in amiss]
    return problems


def _of_exercise(
    seeds: Sequence[int], most: int | None, slug: str
) -> tuple[str, int, list[str], float]:
    began = time.perf_counter()
    exercise = CATALOG.exercise(slug)
    answers = [name for name in one_for_each_check(exercise) if name != "starter"][:most]
    amiss = answer_problems(CATALOG, exercise, answers, seeds, fresh=True)
    return slug, len(answers) * len(seeds), amiss, time.perf_counter() - began


@contextmanager
def busy_processors() -> Iterator[None]:
    """Two programs for each processor do sums until the end."""
    programs = [subprocess.Popen(SUMS) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


if __name__ == "__main__":
    sys.exit(main())
