"""A class is graded whatever is among it, and nothing is graded twice."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from remodel.classroom.assignment import Assignment
from remodel.classroom.book import Gradebook
from remodel.classroom.grading_run import Count, Options, grade_class
from remodel.classroom.marking import ExecutorMaker, Job, Outcome, mark, processes
from remodel.classroom.results_store import ResultStore
from remodel.classroom.submissions import collect
from remodel.course.catalog import Catalog
from remodel.grading.results import Check, Verdict
from remodel.grading.session import load_answer
from tests.classroom.conftest import Packing

SLUG = "add-a-column"


def graded(
    catalog: Catalog,
    place: Path,
    show: Callable[[Count], None],
    make: ExecutorMaker = processes,
) -> Gradebook:
    """The gradebook of what lies in `place`/in."""
    submissions = collect([place / "in"], catalog.exercises, [SLUG])
    store, options = ResultStore(place / "results"), Options(jobs=1, make=make)
    return grade_class(catalog, Assignment(exercises=(SLUG,)), submissions, store, options, show)


def failures(outcome: Outcome) -> list[str]:
    """The names of the checks that failed."""
    return [test["name"] for test in outcome["tests"] if test["status"] == "fail"]


def statuses(book: Gradebook) -> dict[str, str]:
    """What came of everybody's answer."""
    return {row.person.id: row.cells[SLUG].status for row in book.rows}


def test_an_interrupted_grading_goes_on_and_repeats_nothing(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """What was graded before Ctrl-C is read afterwards, and what is known needs no process."""
    (tmp_path / "in").mkdir()
    answers = {"ann": "wrong/model-only", "ben": "wrong/downgrade-pass", "cy": "wrong/model-only"}
    for name, answer in (answers | {"fay": "starter"}).items():
        (tmp_path / "in" / f"{name}.zip").write_bytes(packed("", {SLUG: answer}))
    (tmp_path / "in" / "dee.zip").write_bytes(b"PK, and no more")
    (tmp_path / "in" / "eve.zip").write_bytes(packed("", {"rename-a-column": "starter"}))
    counts: list[tuple[int, int, int]] = []

    def stop(count: Count) -> None:
        if count.done:
            raise KeyboardInterrupt

    def note(count: Count) -> None:
        counts.append((count.known, count.done, count.total))

    with pytest.raises(KeyboardInterrupt):
        graded(catalog, tmp_path, stop)
    book = graded(catalog, tmp_path, note)
    # Equal hand-ins are graded once: of three, two were to be graded, and one of them was.
    assert counts[0] in ((1, 1, 3), (2, 2, 3))
    assert counts[-1][1:] == (3, 3)

    def no_process(_most: int | None) -> Executor:
        raise AssertionError("something is graded again")

    again = graded(catalog, tmp_path, note, no_process)
    assert counts[-1] == (3, 3, 3)
    assert (
        statuses(again)
        == statuses(book)
        == {
            "ann": "fail",
            "ben": "fail",
            "cy": "fail",
            "dee": "error",
            "eve": "not handed in",
            "fay": "not handed in",
        }
    )
    reasons = {row.person.id: row.cells[SLUG].reason for row in book.rows}
    assert (reasons["eve"], reasons["fay"]) == (
        "",
        "Nothing was changed in the starter of add-a-column.",
    )
    points = {row.person.id: row.total for row in book.rows}
    assert points["ann"] == 0 < points["ben"] < book.most


class Fragile(Executor):
    """Passes every hand-in, but for one that ends the process it is in."""

    def submit(self, _function: Any, _root: Path, batch: list[Job]) -> Future[Any]:  # type: ignore[override]
        """Grade at once."""
        future: Future[Any] = Future()
        if any(b"deadly" in job.files["hearth/models.py"] for job in batch):
            future.set_exception(BrokenExecutor())
        else:
            passed = [Check("test_it", "It is right", "pass", points=1)]
            future.set_result(
                [Verdict(j.slug, j.slug, j.seed, "", passed).as_json() for j in batch]
            )
        return future


def test_a_hand_in_that_ends_its_process_stops_nobody_else(
    catalog: Catalog, tmp_path: Path
) -> None:
    """It is named, by itself, and is not graded; all others are."""
    for name in ("ann", "ben", "cy", "dee"):
        file = tmp_path / "in" / name / SLUG / "hearth" / "models.py"
        file.parent.mkdir(parents=True)
        file.write_text("deadly" if name == "cy" else name)
    book = graded(catalog, tmp_path, lambda _count: None, lambda _most: Fragile())
    assert statuses(book) == {"ann": "pass", "ben": "pass", "cy": "error", "dee": "pass"}
    results = [row.cells[SLUG].result for row in book.rows]
    checks = [check for result in results if result for check in result.tests]
    assert len(checks) == 3 and len(set(map(id, checks))) == 1  # what is alike is kept once
    assert "ended by it" in next(
        row.cells[SLUG].reason for row in book.rows if row.place[-2:] == "cy"
    )


def test_what_is_graded_in_one_run_is_told_apart(catalog: Catalog) -> None:
    """Each of a batch has the outcome that it has alone, an empty one among them."""
    exercise = catalog.exercise(SLUG)
    answers = ["starter", "wrong/downgrade-pass"]
    handed_in = [load_answer(catalog, exercise, name).files for name in answers]
    handed_in.insert(1, {})
    batch = [Job(str(number), SLUG, 0, 1, files) for number, files in enumerate(handed_in)]
    first, empty, last = mark(catalog.root, batch)
    assert (first["status"], empty["status"], last["status"]) == ("fail", "error", "fail")
    assert "test_the_schema_is_the_goal" in failures(first)
    assert "test_the_schema_is_the_goal" not in failures(last)


def test_pytest_names_no_place_of_an_answer(catalog: Catalog) -> None:
    """An environment keeps whatever text was in it: tests are called after numbers, not places."""
    hidden = (
        b"import os\n\n\ndef test_name(project):\n"
        b"    assert not project, os.environ['PYTEST_CURRENT_TEST']\n"
    )
    files = {"migrations/versions/0002_a.py": b"def upgrade(:\n"}
    batch = [Job(str(number), SLUG, 0, 1, files, hidden) for number in range(2)]
    for number, outcome in enumerate(mark(catalog.root, batch)):
        (named,) = (t["message"] for t in outcome["tests"] if t["name"] == "test_name")
        assert f"::test_name[{number}] (call)" in " ".join(named.split())
