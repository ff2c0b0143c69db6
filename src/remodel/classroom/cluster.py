"""Grades on a Dask cluster that is there already: each of its processes is one that grades.

Dask belongs to the extra `cluster`, and is imported here alone.
"""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import cached_property
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from remodel.course.layout import Layout
from remodel.errors import RemodelError
from remodel.grading.provenance import digest_of_graders, installed_versions

P = ParamSpec("P")
T = TypeVar("T")
#: How long a scheduler has to answer.
_PATIENCE = "10s"


class ClusterExecutor(Executor):
    """The processes of a cluster; a batch that ends one process after another counts as broken."""

    def __init__(self, address: str, root: Path) -> None:
        """Raise RemodelError where nobody answers, or where the processes grade otherwise."""
        try:
            from distributed import Client
        except ImportError as error:
            raise RemodelError(
                "--scheduler wants Dask, which is not installed here. In the course's folder: "
                ".venv/bin/python -m pip install -c constraints.txt -e '.[cluster]'"
            ) from error
        try:
            self._client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise RemodelError(f"No scheduler answers at {address} ({error}).") from error
        try:
            self._refuse_others(root)
        except BaseException:
            self._client.close()
            raise

    def _refuse_others(self, root: Path) -> None:
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise RemodelError("The cluster has no worker. Start one: dask worker ADDRESS")
        if any(worker["nthreads"] != 1 for worker in workers.values()):
            raise RemodelError(
                "A process of the cluster has several threads, and a grading wants a process. "
                "Start its workers with: dask worker ADDRESS --nthreads 1 --nworkers 2"
            )
        ours = _what_grades(root)
        others = [at for at, there in self._client.run(_what_grades, root).items() if there != ours]
        if others:
            raise RemodelError(
                f"{others[0]} has another Remodel, other packages, or no course at {root}. "
                "Put the same clone at the same place on each machine."
            )

    @cached_property
    def _executor(self) -> Executor:
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have `fn` called by one of the processes; another takes over where that one is lost."""
        ours: Future[T] = Future()
        asked = self._executor.submit(fn, *args, **kwargs)
        asked.add_done_callback(lambda ended: _tell(ended, ours))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; what it has not done it does not do any more."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def cluster_at(address: str, root: Path) -> Callable[[int | None], Executor]:
    """What opens the cluster at `address` for the course at `root`."""
    return lambda _most: ClusterExecutor(address, root)


def _tell(ended: "Future[Any]", ours: "Future[Any]") -> None:
    from distributed import KilledWorker

    if ended.cancelled():
        ours.cancel()
        ours.set_running_or_notify_cancel()
    elif isinstance(error := ended.exception(), KilledWorker):
        ours.set_exception(BrokenExecutor(str(error)))
    elif error:
        ours.set_exception(error)
    else:
        ours.set_result(ended.result())


def _what_grades(root: Path) -> tuple[str, str, bytes]:
    """What a process grades with."""
    manifest = Layout(root).manifest
    shipped = manifest.read_bytes() if manifest.is_file() else b""
    return digest_of_graders(), installed_versions(), shipped
