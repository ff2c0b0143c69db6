"""A class made by a program of the course's own answers: what each should get is known."""

import functools
import random
from dataclasses import dataclass
from pathlib import Path

from remodel.authoring.content_rules import about, shipped_answers
from remodel.course.catalog import Catalog
from remodel.grading.session import load_answer
from tests.classroom.conftest import Packing, zip_of

#: Long ones, from right to left, of one word, two of one name, and what some programs would run.
NAMES = (
    "Anna Bell",
    "Anna Bell",
    "Wolfeschlegelsteinhausenbergerdorff Maximiliana Friederike von und zu Hohenlohe-Langenburg",
    "ליאור כהן",
    "مريم عبد الرحمن",
    "=HYPERLINK(1) Bobby",
    "<script>alert(1)<script> O'Neil",
    "山田太郎",
    "Þóra Ærø & sons",
    "Zoë",
)
#: The class that docs/teach/class.md shows.
PLAIN = ("Anna Bell", "Anna Bell", "Ben Okafor", "Chen Wei", "Dora Lind", "مريم عبد الرحمن")
#: Answers that attack the grader, all to add-a-column.
HOSTILE = Path(__file__).parents[1] / "answers" / "hostile"
CHEATS = ("crash", "flood")


@dataclass(frozen=True)
class Expected:
    """What a learner should get for an exercise."""

    status: str
    #: The misconception behind the first failure; None where nobody says.
    misconception: str | None = None


#: By the number that the platform knows somebody by, and the exercise.
Marks = dict[tuple[str, str], Expected]


@dataclass(frozen=True)
class Parts:
    """Of whom there are how many in a class."""

    size: int
    broken: int
    cheats: int
    handed_in: float = 0.6
    names: tuple[str, ...] = NAMES


def make_class(
    place: Path, catalog: Catalog, packed: Packing, slugs: tuple[str, ...], parts: Parts
) -> Marks:
    """Put a download from Moodle of a class into `place`; returns what each deserves.

    The first hands everything in, and the last hands in the same.
    """
    chance = random.Random(parts.size)
    first = dict.fromkeys(slugs, "solution")
    answers = [first, *(_chosen(chance, catalog, slugs, parts) for _ in range(parts.size - 2))]
    answers.append(first)
    for number, cheat in enumerate(CHEATS[: parts.cheats]):
        answers[1 + parts.broken + number] = {"add-a-column": str(HOSTILE / cheat)}
    expected: Marks = {}
    inside: dict[str, bytes] = {}
    for number, chosen in enumerate(answers):
        name = parts.names[number % len(parts.names)]
        name += f" {number}" if number >= len(parts.names) else ""
        file = f"{name}_{100 + number}_assignsubmission_file_/handin.zip"
        is_broken = 1 <= number <= parts.broken
        for slug in slugs:
            deserved = _deserved(catalog, slug, chosen.get(slug))
            expected[str(100 + number), slug] = Expected("error") if is_broken else deserved
        if is_broken:
            inside[file] = b"PK\x03\x04 and no more"
        elif chosen:
            inside[file] = packed(name, chosen)
    place.write_bytes(zip_of(inside))
    return expected


def _chosen(
    chance: random.Random, catalog: Catalog, slugs: tuple[str, ...], parts: Parts
) -> dict[str, str]:
    chosen = {slug: chance.choice(_answers(catalog, slug)) for slug in slugs}
    return {slug: a for slug, a in chosen.items() if chance.random() < parts.handed_in}


@functools.cache
def _answers(catalog: Catalog, slug: str) -> list[str]:
    """The shipped answers whose files say all: an edited deployed file is kept beside them."""
    exercise = catalog.exercise(slug)
    return [
        name
        for name in shipped_answers(exercise)
        if not (answer := load_answer(catalog, exercise, name)).tampered
        and not answer.missing
        and not answer.renumbered
    ]


def _deserved(catalog: Catalog, slug: str, answer: str | None) -> Expected:
    if answer in (None, "starter"):  # whoever has changed nothing has handed nothing in
        return Expected("not handed in")
    if not answer.startswith("wrong/"):
        passes = answer == "solution" or answer.startswith("right/")
        return Expected("pass" if passes else "fail")
    return Expected("fail", about(catalog.exercise(slug), answer).misconception)
