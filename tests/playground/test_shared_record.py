"""One record of terminal and browser: what goes in comes out, and nothing known is lost."""

import base64
import json
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.playground.believing import BeliefMemory
from remodel.playground.progress import Progress
from remodel.playground.recall import CardMemory
from remodel.playground.shared_record import SharedRecord, read_record

COURSE = find_course()
PASSED = {"first-model": "2026-01-02", "add-a-column": "2026-01-05"}


def progress(folder: Path, **known: Any) -> Progress:
    """The terminal's record in `folder`."""
    return Progress(path=folder / "progress.json", **known)


def record(**known: Any) -> SharedRecord:
    """What a file of the site says."""
    return read_record(json.dumps({"remodel": 1, **known}).encode(), "site.json")


def test_a_file_of_the_terminal_says_all_to_another_terminal(tmp_path: Path) -> None:
    """Exercises, questions, steppers and cards arrive as they were, and only once."""
    cards = {"model-and-table": CardMemory(2, "2026-01-09")}
    known = {"passed": PASSED, "questions": {"q": "2026-01-03"}, "films": {"f": "2026-01-04"}}
    content = SharedRecord.of(COURSE, progress(tmp_path, cards=cards, **known)).as_json()
    other = progress(tmp_path)
    assert read_record(content, "a.json").join_into(other) == 5
    again = json.loads((tmp_path / "progress.json").read_text("utf-8"))
    assert {name: again[name] for name in known} == known
    assert again["cards"] == {"model-and-table": {"box": 2, "due": "2026-01-09"}}
    assert read_record(content, "a.json").join_into(other) == 0


def test_of_two_memories_of_a_belief_the_later_holds(tmp_path: Path) -> None:
    """Of one day the stronger; a family counts the answers of both days, and none twice."""
    mine = progress(tmp_path, beliefs={"b": BeliefMemory(2.0, date(2026, 1, 5))})
    news = record(
        beliefs={"b": {"score": 1.0, "day": "2026-01-06"}, "c": {"score": 1, "day": "2026-01-02"}},
        families={"f": {"asked": 3, "day": "2026-01-06"}},
    )
    assert news.join_into(mine) == 3
    assert mine.beliefs["b"] == BeliefMemory(1.0, date(2026, 1, 6))
    record(beliefs={"b": {"score": 3.0, "day": "2026-01-05"}}).join_into(mine)
    assert mine.beliefs["b"].score == 1.0
    content = SharedRecord.of(COURSE, mine).as_json()
    assert read_record(content, "a.json").join_into(progress(tmp_path / "other")) == 3


def test_a_link_holds_the_same_record_packed(tmp_path: Path) -> None:
    """What stands behind the # is base64 of deflate of the file's JSON."""
    shared = SharedRecord.of(COURSE, progress(tmp_path, passed=PASSED, last="add-a-column"))
    packed = shared.as_fragment().removeprefix("record=")
    text = zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), -15)
    assert json.loads(text) == json.loads(shared.as_json())
    page = json.loads(text)["last"]["page"]
    assert (COURSE.root / page).is_dir()


def test_what_the_terminal_knows_stays_with_its_first_day(tmp_path: Path) -> None:
    """A day that is later is not news, an earlier one is; what is known to one alone stays."""
    mine = progress(tmp_path, passed=dict(PASSED), hints={"add-a-column": 2}, last="first-model")
    record(exercises={"add-a-column": "2026-01-09", "first-model": "2026-01-01"}).join_into(mine)
    assert mine.passed == {"first-model": "2026-01-01", "add-a-column": "2026-01-05"}
    assert (mine.hints, mine.last) == ({"add-a-column": 2}, "first-model")


def test_what_was_passed_elsewhere_takes_its_place_by_its_day(tmp_path: Path) -> None:
    """The lesson that one goes on with is that of the latest pass, not of the latest file."""
    mine = progress(tmp_path, passed={"two-heads": "2026-02-01"})
    record(exercises={"first-model": "2026-01-01"}).join_into(mine)
    assert list(mine.passed) == ["first-model", "two-heads"]


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [
        # Asked on the first, and on the third: the third, although what was known is less.
        ((4, "2026-01-09"), (0, "2026-01-03"), (0, "2026-01-03")),
        ((0, "2026-01-03"), (4, "2026-01-09"), (0, "2026-01-03")),
        ((1, "2026-01-02"), (2, "2026-01-03"), (2, "2026-01-03")),
        ((0, ""), (1, "2026-01-02"), (1, "2026-01-02")),
        ((1, "2026-01-02"), (1, "2026-99-99"), (1, "2026-01-02")),
    ],
)
def test_of_a_card_the_later_answer_counts(
    tmp_path: Path, mine: tuple[int, str], theirs: tuple[int, str], kept: tuple[int, str]
) -> None:
    """The day on which it was asked is `due` less the days of its box."""
    own = progress(tmp_path, cards={"c": CardMemory(*mine)})
    record(cards={"c": {"box": theirs[0], "due": theirs[1]}}).join_into(own)
    assert own.cards == {"c": CardMemory(*kept)}


def test_a_wrong_answer_of_the_browser_is_no_question_done(tmp_path: Path) -> None:
    """What a form shows is the browser's alone; the day on which it was right is for both."""
    mine = progress(tmp_path)
    record(questions={"a": {"choice": "x"}, "b": {"done": "2026-01-01"}}).join_into(mine)
    assert mine.questions == {"b": "2026-01-01"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no version"),
        (b'{"passed": {}}', "no version"),
        (b'{"remodel": true}', "no version"),
        (b'{"remodel": 2}', "newer course"),
        (b'{"remodel": 1, "exercises": {"a": "soon"}}', "exercises"),
        (b'{"remodel": 1, "cards": {"a": {"box": 9, "due": ""}}}', "box"),
    ],
)
def test_what_is_no_record_is_refused_in_words(content: bytes, words: str) -> None:
    """The message names the file and what is wrong with it."""
    with pytest.raises(RemodelError, match=words) as refused:
        read_record(content, "given.json")
    assert "given.json" in str(refused.value)
