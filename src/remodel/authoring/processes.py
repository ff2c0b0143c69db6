"""The same work for many exercises, several at a time, each in a process of its own."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

T = TypeVar("T")
#: How long a worker that nobody waits for has to clear away what it works on, in seconds.
PATIENCE = 5.0
#: Held while this process works.
BUSY = threading.Lock()


def in_processes(
    work: Callable[[str], T], slugs: Sequence[str], jobs: int | None = None
) -> Iterator[T]:
    """What `work` makes of each of `slugs`, as they end, `jobs` at a time.

    Without `jobs`, one more than there are cores: a grader waits for its commands now and then,
    and two of them leave 3 % of two cores idle. What `work` raises is raised here.
    """
    at_once = min(jobs or (os.cpu_count() or 1) + 1, len(slugs))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(at_once, context, _end_with_whoever_began) as pool:
        for future in as_completed([pool.submit(_busily, work, slug) for slug in slugs]):
            yield future.result()


def _busily(work: Callable[[str], T], slug: str) -> T:
    with BUSY:
        return work(slug)


def _end_with_whoever_began() -> None:
    """Have this worker end when the process that made it has, by whatever signal.

    The pool would let it wait for work for ever: it holds both ends of its own queue.
    """
    threading.Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    began = multiprocessing.parent_process()
    assert began is not None
    began.join()
    if BUSY.locked():
        os.kill(os.getpid(), signal.SIGINT)  # as Ctrl-C: what it works on is cleared away
    BUSY.acquire(timeout=PATIENCE)
    os._exit(1)
