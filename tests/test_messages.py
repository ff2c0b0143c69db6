"""What learners read: golden transcripts of every wrong answer, at 80 columns.

`make golden` writes them anew; read the difference before you commit it.
"""

import os
import re
from pathlib import Path

import pytest

from remodel.catalog import find_course
from remodel.content import shipped_answers
from remodel.exercise import Exercise
from remodel.grading import Grading
from remodel.report import MOST_LINES, WIDTH, verdict_lines
from remodel.session import grade

CATALOG = find_course()
GOLDEN = Path(__file__).parent / "golden"
SEED = 1


def transcript(exercise: Exercise) -> list[tuple[str, list[str]]]:
    """For each answer that must be refused: its name and the lines of its verdict."""
    named = [n for n in shipped_answers(exercise) if n == "starter" or n.startswith("wrong/")]
    grading = Grading.of(CATALOG, named, [SEED])
    try:
        verdicts = grade(grading, [exercise])
    finally:
        grading.close()
    return [(v.answer, _timeless(verdict_lines(v, CATALOG))) for v in verdicts]


def _timeless(lines: list[str]) -> list[str]:
    return [re.sub(r"\(\d+\.\d+ s, ", "(… s, ", line) for line in lines]


@pytest.mark.parametrize("slug", list(CATALOG.exercises))
def test_the_message_is_the_one_that_was_reviewed(slug: str) -> None:
    """Every wrong answer gets at most twelve lines of 80 columns, and the words in golden/."""
    told = transcript(CATALOG.exercise(slug))
    for name, lines in told:
        assert len(lines) <= MOST_LINES, name
        assert max(map(len, lines)) <= WIDTH, name
    text = "".join(
        f"$ remodel check {slug} --answers {n}\n" + "\n".join(x) + "\n\n" for n, x in told
    )
    file = GOLDEN / f"{slug}.txt"
    if os.environ.get("REMODEL_WRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
