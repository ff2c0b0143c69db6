"""The same work for many exercises, several at a time, each in a process of its own."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

T = TypeVar("T")


def in_processes(
    work: Callable[[str], T], slugs: Sequence[str], jobs: int | None = None
) -> Iterator[T]:
    """What `work` makes of each of `slugs`, as they end, `jobs` at a time.

    Without `jobs`, one more than there are cores: a grader waits for its commands now and then,
    and two of them leave 3 % of two cores idle. What `work` raises is raised here.
    """
    at_once = min(jobs or (os.cpu_count() or 1) + 1, len(slugs))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(at_once, mp_context=context) as pool:
        for future in as_completed([pool.submit(work, slug) for slug in slugs]):
            yield future.result()
