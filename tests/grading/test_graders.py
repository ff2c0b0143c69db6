"""A grader is short: what several of them say is a word of `project`."""

from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.database.differences import SENTENCES

#: Lines of code. Blank lines, marks and the sentences for the learner are not counted: ten checks
#: need ten of each, whatever they do.
LONGEST = 60


@pytest.mark.parametrize("grader", sorted(find_course().layout.exercises.glob("*/*/test_*.py")))
def test_a_grader_has_at_most_60_lines_of_code(grader: Path) -> None:
    """A longer one does by hand what should be a word: see docs/author/grader.md."""
    lines = [line.strip() for line in grader.read_text(encoding="utf-8").splitlines()]
    code = [line for line in lines if line and not line.startswith(("@", '"""'))]
    assert len(code) <= LONGEST


@pytest.mark.parametrize("grader", sorted(find_course().layout.exercises.glob("*/*/test_*.py")))
def test_a_grader_reads_no_error_by_hand(grader: Path) -> None:
    """Which line says what went wrong is decided in one place: `.error_line` and `must`."""
    text = grader.read_text(encoding="utf-8")
    assert "stderr.strip()" not in text
    assert "stderr.splitlines()" not in text


@pytest.mark.parametrize("slug", sorted(find_course().exercises))
def test_a_belief_is_known_and_is_about_a_kind_of_difference(slug: str) -> None:
    """A misspelt kind would never be met, and a misspelt belief has no sentence."""
    course = find_course()
    for kind, belief in course.exercise(slug).beliefs.items():
        assert kind in SENTENCES or kind.rpartition(" ")[0] in SENTENCES
        assert belief in course.misconceptions
