"""What an answer's points say: nothing for nothing, and never all of them for a fail."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from remodel.course.catalog import find_course
from remodel.grading.results import Check, Status, Verdict
from remodel.grading.run import grade
from remodel.grading.session import LEARNER, Grading

EXERCISES = ("add-a-column", "rename-a-column")


@pytest.fixture(scope="module", params=EXERCISES)
def verdicts(request: pytest.FixtureRequest) -> Iterator[dict[str, Verdict]]:
    """The verdicts on some shipped answers of one exercise."""
    catalog = find_course()
    named = ["starter", "solution", "wrong/downgrade-pass"]
    with closing(Grading.of(catalog, named, [7], policy=LEARNER)) as grading:
        graded = grade(grading, [catalog.exercise(request.param)])
        yield {verdict.answer: verdict for verdict in graded}


def test_a_starter_has_no_points(verdicts: dict[str, Verdict]) -> None:
    """It passes many guards, and nobody has done anything."""
    starter = verdicts["starter"]
    assert starter.count("pass") > 0
    assert starter.points == 0


def test_a_pass_has_all_points(verdicts: dict[str, Verdict]) -> None:
    """One for each check, guards too."""
    solution = verdicts["solution"]
    assert solution.points == solution.max_points == len(solution.checks)


def test_a_guard_that_fails_costs_points(verdicts: dict[str, Verdict]) -> None:
    """A migration that cannot go back is no whole one."""
    verdict = verdicts["wrong/downgrade-pass"]
    assert all(check.guard for check in verdict.failures)
    assert 0 < verdict.points < verdict.max_points


def verdict_of(*checks: tuple[Status, bool, int]) -> Verdict:
    """A verdict whose checks have this status, are guards or not, and have this weight."""
    made = [
        Check(f"test_{number}", "", status, guard=guard, points=points)
        for number, (status, guard, points) in enumerate(checks)
    ]
    return Verdict("add-a-column", "a", 7, "forkserver", made)


@pytest.mark.parametrize(
    ("checks", "points"),
    [
        ([("pass", True, 1), ("fail", False, 1)], 0),
        ([("pass", False, 3), ("pass", True, 1), ("fail", True, 2)], 4),
        ([("pass", False, 3), ("fail", True, 0)], 2),
        ([("pass", False, 3), ("error", True, 1)], 0),
    ],
    ids=["guards alone", "by weight", "a check without weight", "not graded"],
)
def test_points_are_earned(checks: list[tuple[Status, bool, int]], points: int) -> None:
    """Guards earn nothing alone, then all count by weight; a fail has one less than all."""
    assert verdict_of(*checks).points == points
