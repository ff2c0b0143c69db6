"""Measure what grading a class costs, beside two other graders: `make bench-class`.

All are given the solution of rename-a-column, so many times, each time with a comment of its own.
What counts are seconds of processor, of all processes together: other programs may run meanwhile.
The graders take turns.
"""

import contextlib
import ctypes
import json
import os
import platform
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from remodel.course.catalog import Catalog, find_course
from remodel.grading.answer import solution
from remodel.grading.session import load_answer
from remodel.scratch import lay_out
from tests.benchmarks.peers import Peer, nbgrader, otter
from tests.benchmarks.run import family, pss

SLUG = "rename-a-column"
#: `prctl`: what loses its parent becomes a child of this process, so that it is counted.
PR_SET_CHILD_SUBREAPER = 36
#: An answer that the first check refuses: what it costs is the class's, and not its commands'.
BROKEN = {"migrations/versions/0009_a.py": b"def upgrade(:\n"}
REMODEL = str(Path(sys.executable).with_name("remodel"))


@click.command()
@click.option("--answers", default=24, help="How many are graded in each turn.")
@click.option("--turns", default=3)
@click.option("--size", "sizes", multiple=True, type=int, help="Memory with so many answers.")
@click.option("--broken", is_flag=True, help="Memory with answers that the first check refuses.")
@click.option("--peers", type=click.Path(path_type=Path), help="Where their environments lie.")
def main(
    answers: int, turns: int, sizes: tuple[int, ...], broken: bool, peers: Path | None
) -> None:
    """Print a table of costs, and one of memory."""
    catalog = find_course()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    title = f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if turns:
            show(title, costs(catalog, place, answers, turns, peers or place / "peers"))
        if sizes:
            show(title, memory(catalog, place, sizes, broken))


def show(title: str, rows: Iterator[Sequence[str]]) -> None:
    """Print a table whose first row has the names of its columns."""
    table = Table(*next(rows), title=title)
    for row in rows:
        table.add_row(*row)
    Console(width=110).print(table)


def costs(
    catalog: Catalog, place: Path, answers: int, turns: int, environments: Path
) -> Iterator[Sequence[str]]:
    """Seconds of processor for each answer, ours and the peers', by turns."""
    app = place / "app"
    lay_out(solution(catalog.exercise(SLUG)).files, app)
    peers: list[Peer] = [
        make(environments, app, commands) for commands in (1, 18) for make in (otter, nbgrader)
    ]
    spent: dict[str, list[float]] = {}
    seconds: list[float] = []
    for turn in range(turns):
        folder = place / f"turn-{turn}"
        ours = class_of(catalog, folder, answers)
        spent.setdefault("remodel class grade", []).append(cpu_of(ours, folder) / answers)
        seconds += seconds_of(folder)
        few = max(2, answers // 8)
        for peer in peers:
            peer.prepare(folder / peer.name, few)
            used = sum(cpu_of(words, folder / peer.name, peer.environment) for words in peer.runs)
            spent.setdefault(peer.name, []).append(used / few)
    yield "what", "CPU s an answer", "least", "most", "ratio"
    ours_median = statistics.median(spent["remodel class grade"])
    for name, each in spent.items():
        middle = statistics.median(each)
        ratio = f"{middle / ours_median:.1f}"
        yield name, f"{middle:.2f}", f"{min(each):.2f}", f"{max(each):.2f}", ratio
    tenths = statistics.quantiles(seconds, n=20)
    yield "ours, by the clock: half, 95 %", f"{tenths[9]:.1f}", f"{tenths[18]:.1f}", "", ""


def class_of(catalog: Catalog, folder: Path, answers: int, broken: bool = False) -> list[str]:
    """Lay out a class in `folder`; returns the command that grades it."""
    exercise = catalog.exercise(SLUG)
    whole = load_answer(catalog, exercise, "solution").files
    files = BROKEN if broken else {f: c for f, c in whole.items() if exercise.accepts(f)}
    last = max(file for file in files if "versions" in file)
    for number in range(answers):
        own = {**files, last: files[last] + f"\n# {number}\n".encode()}
        lay_out(own, folder / "in" / f"learner-{number:05}" / SLUG)
    words = ["class", "grade", "in", "--exercise", SLUG, "--unsafe", "--json"]
    return [REMODEL, *words]


def cpu_of(words: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> float:
    """The seconds of processor that a command costs, with all that it starts and leaves behind."""
    before = _used()
    subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(2)  # what ends by itself has ended by now; a kernel may stay
    for left in family(os.getpid())[1:]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(left, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    return _used() - before


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds_of(folder: Path) -> list[float]:
    """How long each answer was graded, by the clock."""
    results = (folder / "gradebook" / "results").glob("*.json")
    return [json.loads(file.read_bytes())["seconds"] for file in results]


def memory(
    catalog: Catalog, place: Path, sizes: Sequence[int], broken: bool
) -> Iterator[Sequence[str]]:
    """The highest sum of PSS over all processes of a grading, asked four times a second."""
    yield "answers", "peak PSS, MB", "of it the teacher's process", "seconds", "handed in, MB"
    for size in sizes:
        folder = place / f"size-{size}"
        words = class_of(catalog, folder, size, broken)
        began = time.monotonic()
        process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL)
        highest = own = 0.0
        while process.poll() is None:
            highest = max(highest, sum(map(pss, family(process.pid))))
            own = max(own, pss(process.pid))
            time.sleep(0.25)
        assert process.returncode == 0
        took = time.monotonic() - began
        given = sum(f.stat().st_size for f in (folder / "in").rglob("*.py")) / 2**20
        figures = (highest / 1024, own / 1024, took, given)
        yield str(size), *(f"{each:.0f}" for each in figures)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
