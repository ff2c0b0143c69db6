"""Every line of the source has its place: a page, a question, an exercise, an experiment."""

import ast
import hashlib
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from remodel.course.catalog import find_course
from remodel.course.quiz import read_quiz

COURSE = find_course()
ROOT = COURSE.root
COVERAGE = tomllib.loads(Path(__file__).with_name("seed_coverage.toml").read_text("utf-8"))
ITEMS = COVERAGE["item"]
each_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
#: What happens when somebody does it, so a sentence on a page would not be enough.
RUNS = ("exercise:", "notebook:", "experiment:", "myth:")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as mkdocs makes them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = set(re.findall(r"\{ ?#([\w-]+) ?\}", text))
    for heading in re.findall(r"^#{1,4} (.+)$", text, re.MULTILINE):
        found.add(slugify(re.sub(r"[`*]", "", heading), "-"))
    return found


def problem(target: str) -> str | None:
    """Why `target` is no place of the course, or None."""
    kind, _, name = target.partition(":")
    if kind in KINDS:
        return None if KINDS[kind](name) else f"{target} does not exist"
    page, _, anchor = target.partition("#")
    if not (ROOT / page).is_file():
        return f"{page} does not exist"
    if anchor and anchor not in anchors(ROOT / page):
        return f"{page} has no heading with the anchor {anchor!r}"
    return None


def predicts(lesson: str) -> bool:
    bank = COURSE.lessons[lesson].path / "quiz.toml"
    return bank.is_file() and read_quiz(bank)[0].kind == "predict"


def asks(question: str) -> bool:
    banks = [*ROOT.glob("lessons/*/quiz.toml"), ROOT / "docs" / "myths.toml"]
    return any(each.id == question for bank in banks for each in read_quiz(bank))


def proves(experiment: str) -> bool:
    file, _, test = experiment.partition("::")
    if not (ROOT / file).is_file():
        return False
    body = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    return any(isinstance(node, ast.FunctionDef) and node.name == test for node in body)


KINDS: dict[str, Any] = {
    "exercise": COURSE.exercises.__contains__,
    "predict": predicts,
    "quiz": asks,
    "myth": lambda number: 1 <= int(number) <= len(read_quiz(ROOT / "docs" / "myths.toml")),
    "notebook": lambda lesson: (ROOT / "notebooks" / f"{lesson}.ipynb").is_file(),
    "diagram": lambda name: (ROOT / "docs" / "diagrams" / f"{name}.svg").is_file(),
    "experiment": proves,
}


def numbers(item: dict[str, Any]) -> Iterator[int]:
    first, last = item["lines"]
    return iter(range(first, last + 1))


def test_the_items_go_through_the_source_without_a_gap() -> None:
    """Each item begins where the one before it ended; only empty lines lie between."""
    empty = set(COVERAGE["empty"])
    taken = [number for item in ITEMS for number in numbers(item)]
    assert taken == sorted(taken) and len(taken) == len(set(taken))
    between = set(range(1, COVERAGE["source_lines"] + 1)) - set(taken)
    assert between <= empty


def test_the_source_is_the_one_that_was_read() -> None:
    """Where the source lies beside the course, it is the text whose lines are counted here."""
    found = list((ROOT.parent / "shared").glob("000_*.txt"))
    for source in found:
        content = source.read_bytes()
        assert hashlib.sha256(content).hexdigest() == COVERAGE["source_sha256"]
        lines = content.decode("utf-8").split("\n")
        assert len(lines) == COVERAGE["source_lines"]
        assert [n for n, line in enumerate(lines, 1) if not line.strip()] == COVERAGE["empty"]


def test_ids_are_unique() -> None:
    """No two items share an id."""
    ids = [item["id"] for item in ITEMS]
    assert all(a != b for a, b in pairwise(sorted(ids)))


@each_item
def test_an_item_has_its_place_in_the_course(item: dict[str, Any]) -> None:
    """Each page, anchor, exercise, question, notebook and experiment that it names exists."""
    assert item["where"]
    assert [told for told in map(problem, item["where"]) if told] == []


@each_item
def test_what_is_done_maps_to_something_that_runs(item: dict[str, Any]) -> None:
    """A procedure has an exercise, a notebook or an experiment, not only a page."""
    if item.get("done"):
        assert any(target.startswith(RUNS) for target in item["where"])


@each_item
def test_a_correction_names_its_experiment(item: dict[str, Any]) -> None:
    """Where the source is loose, the course says what is true and shows the experiment."""
    if "corrected" in item:
        assert any(target.startswith(("experiment:", "myth:")) for target in item["where"])
