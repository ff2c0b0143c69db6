"""What somebody hears who waits for a verdict, and that the waiting changes nothing in it."""

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from remodel.course.catalog import find_course
from remodel.grading.onlooker import Onlooker
from remodel.grading.results import Verdict
from remodel.grading.run import grade
from remodel.grading.session import AUDIT, LEARNER, Grading, Policy, Unit
from remodel.grading.terminal import ImpatientOnlooker, TerminalOnlooker
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Runner, open_runner

SLUG = "add-a-column"
REFUSED_BY_THE_GOAL = "starter"
REFUSED_BY_A_DEEP_CHECK = "wrong/painted-furniture-goes"


class Notes(Onlooker):
    """Writes down what it hears, and how many checks were made by then."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.made_by_then = 0
        self.counted: list[tuple[int, int]] = []

    def looks_at(self, number: int, total: int) -> None:
        self.counted.append((number, total))

    def refused(self, verdict: Verdict) -> None:
        self.heard.append("refused")
        self.made_by_then = len(verdict.checks)

    def looks_deeper(self, title: str) -> None:
        self.heard.append("looks deeper")

    def is_done(self) -> None:
        self.heard.append("is done")


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """One runner for all."""
    with closing(open_runner()) as opened:
        yield opened


def verdict_on(
    answer: str, runner: Runner, onlooker: Onlooker | None = None, policy: Policy = LEARNER
) -> Verdict:
    """The verdict on one answer, with `onlooker` beside."""
    catalog = find_course()
    exercise = catalog.exercise(SLUG)
    units = {SLUG: [Unit(exercise, answer, 1)]}
    with closing(Workspace(runner)) as workspace:
        (verdict,) = grade(Grading(catalog, units, workspace, policy), [exercise], onlooker)
    return verdict


def test_the_first_refusal_is_heard_of_before_the_other_checks_are_made(runner: Runner) -> None:
    """It is heard of once, and no deep check is begun after it."""
    notes = Notes()
    verdict = verdict_on(REFUSED_BY_THE_GOAL, runner, notes)
    assert notes.heard == ["refused", "is done"]
    assert verdict.checks[notes.made_by_then - 1] == verdict.failures[0]
    assert notes.made_by_then < len(verdict.checks)


def test_every_check_is_counted_while_it_is_made(runner: Runner) -> None:
    """Something moves from the first check to the last."""
    notes = Notes()
    verdict = verdict_on("solution", runner, notes)
    total = len(verdict.checks)
    assert notes.counted == [(number, total) for number in range(1, total + 1)]


def test_a_deep_refusal_is_heard_of_after_the_deep_look(runner: Runner) -> None:
    """Who waits is told first that nothing ordinary is wrong."""
    notes = Notes()
    verdict_on(REFUSED_BY_A_DEEP_CHECK, runner, notes)
    assert notes.heard[0] == "looks deeper"
    assert notes.heard[-2:] == ["refused", "is done"]
    assert notes.heard.count("refused") == 1


@pytest.mark.parametrize("answer", ["solution", REFUSED_BY_THE_GOAL, REFUSED_BY_A_DEEP_CHECK])
def test_two_cores_come_to_the_verdict_that_one_comes_to(answer: str, runner: Runner) -> None:
    """What is begun early or beside changes neither a message nor where it points."""
    beside, alone = (
        comparable(verdict_on(answer, runner, policy=policy))
        for policy in (LEARNER, Policy(skip_dependants=True))
    )
    assert beside == alone


def comparable(verdict: Verdict) -> dict[str, Any]:
    """What results.json says, but for the time that it took."""
    return {**verdict.as_json(), "seconds": 0}


def test_every_policy_makes_a_deep_check_only_of_what_nothing_refused(runner: Runner) -> None:
    """The matrix of wrong answers would take twice as long."""
    notes = Notes()
    verdict = verdict_on(REFUSED_BY_THE_GOAL, runner, notes, AUDIT)
    assert "looks deeper" not in notes.heard
    assert verdict.checks[-1].status == "skipped"


def test_the_line_on_a_terminal_goes_away_again() -> None:
    """A longer title before a shorter one leaves nothing of itself; at the end nothing is left."""
    terminal = Terminal()
    onlooker = TerminalOnlooker(terminal)
    for title in ("Every row of a big database is still there." * 3, "Short."):
        onlooker.looks_deeper(title)
    onlooker.is_done()
    assert shown(terminal.getvalue()).strip() == ""
    assert max(map(len, terminal.getvalue().split("\r"))) < 80


def shown(text: str) -> str:
    """What a terminal's line holds after `text`."""
    line = ""
    for part in text.split("\r"):
        line = part + line[len(part) :]
    return line


def test_nothing_is_shown_where_nobody_looks() -> None:
    """A file or a pipe gets the verdict and no more."""
    file = io.StringIO()
    TerminalOnlooker(file).looks_deeper("The way back.")
    assert file.getvalue() == ""


def test_who_is_impatient_reads_the_refusal_first_and_the_count_when_it_is_known(
    runner: Runner,
) -> None:
    """The two parts together say what the whole verdict says, each thing once."""
    catalog, stream = find_course(), io.StringIO()
    onlooker = ImpatientOnlooker(stream)
    verdict = verdict_on(REFUSED_BY_THE_GOAL, runner, onlooker)
    first = stream.getvalue()
    assert first.startswith(f"✗ {SLUG}: not yet (")
    assert verdict.failures[0].title in first
    onlooker.print_rest(verdict, catalog)
    rest = stream.getvalue().removeprefix(first)
    assert f"of {len(verdict.checks)} checks failed" in rest
    assert rest.endswith(f"Next: remodel hint {SLUG}\n")
    assert len(stream.getvalue().splitlines()) <= 12
