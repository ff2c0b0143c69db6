"""`remodel read`: a lesson or an exercise, in a pipe and in a terminal with a pager."""

import sys

import pytest

from tests.conftest import SLUG, Remodel, in_terminal

PASS, NOT_GRADED = 0, 2


def test_a_lesson_is_read_by_its_number(looking: Remodel) -> None:
    """In a pipe, as Markdown; what is folded is said how to open."""
    done = looking("read", "4")
    assert done.returncode == PASS
    assert "`remodel read 4 --answers`" in done.stdout
    assert "# Creating and applying migrations\n" in done.stdout
    opened = looking("read", "4", "--answers").stdout
    assert "remodel read 4 --answers" not in opened and "Not this one." in opened


def test_an_exercise_is_read_by_its_name_or_in_its_folder(learner: Remodel) -> None:
    """Both ways the same page."""
    named, here = learner("read", SLUG), learner("read", cwd=learner.begun)
    assert named.returncode == here.returncode == PASS
    assert named.stdout == here.stdout
    assert "## Done when" in named.stdout


def test_a_lesson_is_shown_with_its_second_page(looking: Remodel) -> None:
    """Lesson 6 goes on with the second database."""
    shown = looking("read", "6").stdout
    assert shown.index("Complex changes") < shown.index("One history, two bookmarks")


@pytest.mark.parametrize("words", [["read"], ["read", "9"], ["read", "nope"]])
def test_a_page_that_is_not_there_is_no_traceback(looking: Remodel, words: list[str]) -> None:
    """What there is, is named."""
    done = looking(*words)
    assert done.returncode == NOT_GRADED
    assert done.stderr.startswith("Error: ") and "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
def test_in_a_terminal_a_long_page_goes_through_the_pager(looking: Remodel) -> None:
    """The learner's own; the page is rendered, and no line is wider than the terminal."""
    text = in_terminal(looking, "read", "4", PAGER="sed -e s/^/P/", NO_COLOR="1", TERM="xterm")
    lines = [line.removeprefix("P") for line in text.splitlines() if line.startswith("P")]
    assert len(lines) > 100
    assert max(map(len, lines)) <= 60
    assert "# Creating" not in text and "│" not in text[:200]
