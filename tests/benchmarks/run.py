"""Measure what was promised and print one table: `make bench`, on a quiet machine."""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from remodel.authoring.kill_matrix import check_exercises
from remodel.course.catalog import Catalog, find_course
from remodel.grading.answer import Answer, solution
from remodel.grading.run import grade
from remodel.grading.session import Grading, Unit, load_answer
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import opened
from remodel.scratch import lay_out
from tests.benchmarks.against import Checkout, passes_in_turn

#: What was measured, its seconds, of how many runs they are the median, and beside what.
Row = tuple[str, float, int, str]

HERE = Path(__file__).parent
SLUG = "add-a-column"
GRADER = "exercises/04-creating-and-applying/add-a-column"
RENAME = "rename-a-column"
#: The mistakes with a rename that people make most, those of the file and those of the rows.
USUAL = (
    "model-only",
    "model-forgotten",
    "as-generated",
    "drop-and-add",
    "edited-baseline",
    "table-rebuilt",
    "shorter-on-the-way",
    "copy-where-null",
    "downgrade-pass",
    "no-way-back",
)
SUITE = """\
import pytest
from pytest_alembic.config import Config
from wsgi import app


@pytest.fixture
def alembic_config():
    options = {"file": "migrations/alembic.ini", "script_location": "migrations"}
    return Config(config_options=options)


@pytest.fixture
def alembic_engine():
    with app.app_context():
        yield app.extensions["sqlalchemy"].engine
"""


@click.command()
@click.option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another checkout, installed with `make dev`, to compare the same answers with.",
)
def main(against: Path | None) -> None:
    """Run every measurement; each row says how many runs its median is of."""
    catalog = find_course()
    table = Table("what", "seconds", "runs", "against", title=f"{platform.platform()}")
    rows = [*beside_peers(catalog), *in_watch(catalog)]
    rows += all_answers(catalog) if against is None else against_another(catalog, against)
    for what, seconds, runs, compared in rows:
        table.add_row(what, f"{seconds:.2f}", str(runs), compared)
    memory = peak_memory(catalog)
    table.add_row("peak memory of a cold grading", f"{memory:.0f} MB PSS", "1", "promised 200 MB")
    Console(width=100).print(table)


def beside_peers(catalog: Catalog) -> Iterator[Row]:
    """One grading, cold and warm, beside two other ways and the least that it could cost."""
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "app"
        lay_out(solution(catalog.exercise(SLUG)).files, app)
        naive = median(lambda: run_naive(app), 5)
        suite = median(lambda: run_suite(app), 5)
    cold = median(lambda: run_cold(catalog), 5)
    floor = warm_grading(catalog, "inline")
    warm = warm_grading(catalog, "forkserver")
    yield "peer 1: pytest that shells out to flask", naive, 5, "1"
    yield "peer 2: pytest-alembic's default suite", suite, 5, ratio(suite, naive)
    yield "cold pytest exercises/…/add-a-column", cold, 5, ratio(cold, naive)
    yield "floor: the same checks in one warm process", floor, 9, ratio(floor, naive)
    yield "warm grading with the forkserver", warm, 9, f"{warm / floor:.1f} x floor"


def in_watch(catalog: Catalog) -> Iterator[Row]:
    """What somebody waits for who saves a file under `remodel watch`."""
    with tempfile.TemporaryDirectory() as folder:
        own = course_of_its_own(catalog, Path(folder))
        saved = save_to_verdict(catalog, own)
        refusals, verdicts = map(sorted, zip(*save_to_refusal(catalog, own), strict=True))
    yield "watch: save to first refusal, fifth of ten", refusals[4], 10, "promised 0.2"
    yield "watch: save to first refusal, ninth of ten", refusals[8], 10, "promised 0.2"
    yield "watch: save to whole verdict, fifth of ten", verdicts[4], 10, "promised 0.5"
    yield "watch: save to a pass with everything", saved, 9, "promised 1.5"


def all_answers(catalog: Catalog) -> Iterator[Row]:
    """Every shipped answer, and one pass where each command needs an interpreter."""
    outside = median(lambda: run_cold(catalog, RENAME, "subprocess"), 3)
    five, seconds = everything(catalog, range(1, 6))
    two, more = everything(catalog, range(6, 8))
    yield "cold pytest exercises/…/rename-a-column, subprocess", outside, 3, "aim 3"
    yield f"lessons 1 to 5: all {five} answers, every check", seconds, 1, ""
    yield f"all lessons: all {five + two} answers, every check", seconds + more, 1, ""


def against_another(catalog: Catalog, root: Path) -> Iterator[Row]:
    """The same in another checkout: what both have, by turns."""
    ours, theirs = Checkout(catalog.root), Checkout(root)
    mine, other = passes_in_turn(ours, theirs, RENAME)
    yield "the other checkout: a pass, subprocess", other, 3, "1"
    yield "cold pytest exercises/…/rename-a-column, subprocess", mine, 3, f"{mine / other:.2f} x"
    both = ours.answers & theirs.answers
    other, mine = (each.seconds_for_all(both) for each in (theirs, ours))
    yield f"the other checkout: {len(both)} answers, every check", other, 1, "1"
    ratio_of_all = f"{mine / other:.2f} x, promised 2"
    yield f"the same {len(both)} answers, every check", mine, 1, ratio_of_all


def median(work: Callable[[], object], runs: int) -> float:
    """The median wall-clock seconds of `work`, after one run that does not count."""
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def ratio(ours: float, theirs: float) -> str:
    """A ratio as the table shows it."""
    return f"{ours / theirs:.2f} x peer 1"


def run_naive(app: Path) -> None:
    """Peer 1, once."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "naive_grader.py"]
    environment = {**os.environ, "NAIVE_APP": str(app)}
    subprocess.run(command, cwd=HERE, env=environment, check=True, capture_output=True)


def run_suite(app: Path) -> None:
    """Peer 2, once: its default tests, on an empty database."""
    tests = app / "tests"  # where pytest-alembic binds its own tests
    tests.mkdir(exist_ok=True)
    (tests / "conftest.py").write_text(SUITE)
    database = app / "suite.db"
    database.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--test-alembic",
        "tests",
    ]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": str(app)}
    subprocess.run(command, cwd=app, env=environment, check=True, capture_output=True)


def run_cold(catalog: Catalog, slug: str = SLUG, runner: str = "auto") -> None:
    """Our grader, once, as an autograder calls it."""
    grader = str(catalog.exercise(slug).path)
    command = [sys.executable, "-m", "pytest", grader, "--answers", "solution", "--runner", runner]
    subprocess.run(command, cwd=catalog.root, check=True, capture_output=True)


def warm_grading(catalog: Catalog, runner: str) -> float:
    """One warm grading that remembers nothing: the answer stands in for a learner's."""
    exercise = catalog.exercise(SLUG)
    units = {SLUG: [Unit(exercise, "solution", 1)]}
    with opened(runner) as warm:

        def once() -> None:
            with closing(Workspace(warm)) as workspace:
                (verdict,) = grade(Grading(catalog, units, workspace), [exercise])
            assert verdict.status == "pass"

        return median(once, 9)


def course_of_its_own(catalog: Catalog, folder: Path) -> Path:
    """A copy of the course, so that what is passed here counts for nobody."""
    for name in ("lessons", "exercises", "solutions"):
        shutil.copytree(catalog.root / name, folder / name)
    return folder


@contextmanager
def watched(course: Path, slug: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A real `remodel watch` in `course`, and the folder that it watches."""
    remodel = str(Path(sys.executable).with_name("remodel"))
    environment = {**os.environ, "REMODEL_COURSE": str(course)}
    subprocess.run([remodel, "start", slug], env=environment, check=True, capture_output=True)
    place = course / "playground" / slug
    command = [remodel, "watch", "--seed", "1"]
    watching = subprocess.Popen(
        command, cwd=place, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        wait_for(watching.stdout, "Watching")
        yield watching, place
    finally:
        watching.terminate()
        watching.wait()


def save_to_verdict(catalog: Catalog, course: Path) -> float:
    """From the moment a file is saved to the first line of a pass."""
    with watched(course, SLUG) as (watching, place):
        write(solution(catalog.exercise(SLUG)), place)
        wait_for(watching.stdout, "✓")
        models = place / "hearth" / "models.py"
        text, times = models.read_text(), []
        for number in range(10):
            time.sleep(0.5)  # the person who edits; not part of what is measured
            began = time.perf_counter()
            models.write_text(f"{text}\n# save {number}\n")
            wait_for(watching.stdout, "✓")
            times.append(time.perf_counter() - began)
        return statistics.median(times[1:])


def save_to_refusal(catalog: Catalog, course: Path) -> Iterator[tuple[float, float]]:
    """From the moment a file is saved to the first line of a refusal, and to the verdict's last.

    For each usual mistake.
    """
    exercise = catalog.exercise(RENAME)
    with watched(course, RENAME) as (watching, place):
        for name in USUAL:
            time.sleep(0.5)
            began = time.perf_counter()
            write(load_answer(catalog, exercise, f"wrong/{name}"), place)
            wait_for(watching.stdout, "✗")
            refused = time.perf_counter() - began
            wait_for(watching.stdout, "Next: ")
            yield refused, time.perf_counter() - began


def write(answer: Answer, place: Path) -> None:
    """Save the files of `answer`, and take away the revisions that it has not."""
    for revision in (place / "migrations" / "versions").glob("*.py"):
        if revision.relative_to(place).as_posix() not in answer.files:
            revision.unlink()
    for file, content in answer.files.items():
        if not (place / file).exists() or (place / file).read_bytes() != content:
            (place / file).write_bytes(content)


def wait_for(stream, words: str) -> None:  # type: ignore[no-untyped-def]
    """Read lines until one holds `words`."""
    for line in stream:
        if words in line:
            return
    raise AssertionError(f"the command ended before it said {words!r}")


def everything(catalog: Catalog, lessons: range) -> tuple[int, float]:
    """Every exercise of `lessons` with every answer, one seed and every check, none remembered."""
    numbers = {lesson.name: lesson.number for lesson in catalog.lessons.values()}
    chosen = [e for e in catalog.exercises.values() if numbers[e.lesson] in lessons]
    began = time.perf_counter()
    reports = list(check_exercises(catalog, chosen, [1], fresh=True))
    return sum(len(report.verdicts) for report in reports), time.perf_counter() - began


def peak_memory(catalog: Catalog) -> float:
    """The highest sum of PSS in MB over all processes of one cold grading, every 20 ms."""
    command = [sys.executable, "-m", "pytest", GRADER, "--answers", "solution"]
    process = subprocess.Popen(command, cwd=catalog.root, stdout=subprocess.DEVNULL)
    highest = 0.0
    while process.poll() is None:
        highest = max(highest, sum(pss(pid) for pid in family(process.pid)))
        threading.Event().wait(0.02)
    return highest / 1024


def family(pid: int) -> list[int]:
    """`pid` and all its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in family(int(child)))]


def pss(pid: int) -> float:
    """The proportional set size of one process in KiB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return float(next((line.split()[1] for line in lines if line.startswith("Pss:")), 0))


if __name__ == "__main__":
    main()
