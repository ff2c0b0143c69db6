"""A class is graded on a cluster, whatever becomes of its processes.

Dask is imported where it is needed: most runs of the tests collect this file and leave it out.
"""

import os
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from remodel.classroom.cluster import cluster_at
from remodel.classroom.marking import Job, Outcome, mark_all
from remodel.course.catalog import Catalog
from remodel.errors import RemodelError
from remodel.grading.session import load_answer
from tests.conftest import BIN

SLUG = "add-a-column"


def jobs_of(catalog: Catalog, many: int) -> list[Job]:
    """So many wrong answers, each with a comment of its own."""
    files = load_answer(catalog, catalog.exercise(SLUG), "wrong/downgrade-pass").files
    models = files["hearth/models.py"]
    own = [{**files, "hearth/models.py": models + f"# {n}\n".encode()} for n in range(many)]
    return [Job(f"{number}", SLUG, 0, 1, each) for number, each in enumerate(own)]


@pytest.mark.slow
@pytest.mark.nightly
def test_a_process_that_is_lost_half_way_loses_nothing(catalog: Catalog) -> None:
    """With one of two workers killed, each answer has one outcome, as if nothing had happened."""
    from distributed import LocalCluster

    jobs = jobs_of(catalog, 16)
    ended: list[tuple[Job, Outcome]] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        make = cluster_at(cluster.scheduler_address, catalog.root)
        for job, outcome in mark_all(catalog.root, jobs, make, 2):
            ended.append((job, outcome))
            if len(ended) == 1:
                worker = next(iter(cluster.workers.values()))
                os.kill(worker.pid, signal.SIGKILL)
    assert Counter(job.key for job, _ in ended) == Counter(job.key for job in jobs)
    assert {outcome["status"] for _, outcome in ended} == {"fail"}


@pytest.mark.slow
@pytest.mark.nightly
def test_a_worker_that_would_grade_otherwise_is_refused(catalog: Catalog, tmp_path: Path) -> None:
    """Several threads in a process, other packages, and nobody there are each named."""
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        make = cluster_at(cluster.scheduler_address, catalog.root)
        with pytest.raises(RemodelError, match="several threads"):
            make(None)
    with LocalCluster(n_workers=0, dashboard_address=None) as cluster, Client(cluster) as client:
        make = cluster_at(cluster.scheduler_address, catalog.root)
        with pytest.raises(RemodelError, match="no worker"):
            make(None)
        (tmp_path / "other-1.0.dist-info").mkdir()
        (tmp_path / "other-1.0.dist-info" / "METADATA").write_text("Name: other\nVersion: 1.0\n")
        words = [str(BIN / "dask"), "worker", cluster.scheduler_address, "--nthreads", "1"]
        worker = subprocess.Popen(
            [*words, "--no-dashboard", "--local-directory", str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )
        try:
            client.wait_for_workers(1, timeout=60)
            with pytest.raises(RemodelError, match="other packages"):
                make(None)
        finally:
            worker.terminate()
            worker.wait()
    with pytest.raises(RemodelError, match="No scheduler answers"):
        make(None)
