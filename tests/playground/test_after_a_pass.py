"""What is said after a pass: what was at stake, how far one has come, yours beside ours."""

from pathlib import Path

from remodel.course.catalog import Catalog, find_course
from remodel.playground.milestones import after_a_pass
from remodel.playground.progress import Progress
from tests.conftest import SLUG, Remodel

COURSE = find_course()


def words_after(slug: str, passed: list[str], first: bool = True, course: Catalog = COURSE) -> str:
    """What is said after a pass of `slug` to somebody who has passed `passed`."""
    progress = Progress(path=Path("none"), passed=dict.fromkeys(passed, "2026-01-01"))
    return "\n".join(after_a_pass(course, course.exercise(slug), progress, first))


def core(lesson: int) -> list[str]:
    """The core exercises of a lesson."""
    name = COURSE.lesson(str(lesson)).name
    return [e.slug for e in COURSE.exercises.values() if (e.lesson, e.track) == (name, "core")]


def test_a_pass_says_what_was_at_stake_how_far_one_is_and_what_is_next() -> None:
    """The sentence of the exercise, n of m, one command."""
    said = words_after("first-model", ["first-model"])
    assert COURSE.exercise("first-model").stake in said
    assert f"You have passed 1 of {len(COURSE.exercises)}." in said
    assert said.endswith(f"Next: remodel start {core(1)[1]}")


def test_the_end_of_a_lesson_is_told_once_with_its_quiz_cards_and_myths() -> None:
    """By the pass that ends the core of it, not by the one before, nor by the same once more."""
    fourth = core(4)
    assert "is done" not in words_after(fourth[0], fourth[:1])
    said = words_after(fourth[-1], fourth)
    assert "Lesson 4 is done" in said
    for command in ("remodel quiz 4", "remodel cards 4", "remodel myth 3", "remodel myth 6"):
        assert command in said
    assert "is done" not in words_after(fourth[-1], fourth, first=False)


def test_after_the_last_nothing_is_next() -> None:
    """All of them: no command is named that would begin nothing."""
    said = words_after("release-command", list(COURSE.exercises))
    assert "that is all of them" in said
    assert "remodel start" not in said


def test_the_solution_shows_yours_beside_ours(learner: Remodel) -> None:
    """A revision of another name is beside ours; what is the same is said to be, without a diff."""
    assert "Yours (-)" not in learner("solution", SLUG, "--yes").stdout
    learner.solve()
    versions = learner.begun / "migrations" / "versions"
    ours = next(versions.glob("0002*"))
    ours.write_text(ours.read_text(encoding="utf-8").replace("length=30", "length=31"))
    ours.rename(versions / "0002_mine.py")
    shown = learner("solution", SLUG, "--yes").stdout.partition("Yours (-) beside ours (+)")[2]
    assert "hearth/models.py: yours and ours are the same." in shown
    assert "--- yours: migrations/versions/0002_mine.py" in shown
    assert f"+++ ours: migrations/versions/{ours.name}" in shown
    assert [line for line in shown.splitlines() if "length=3" in line and line[0] in "+-"]
