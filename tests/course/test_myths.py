"""The fifteen myths: the four that everybody is warned of first, each with its experiment."""

import re
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.course.myths import read_myths, sections
from remodel.course.quiz import Myth, Question
from remodel.errors import CourseError

COURSE = find_course()
MYTHS = read_myths(COURSE)
PAGE = (COURSE.root / "docs" / "myths.md").read_text(encoding="utf-8")
NUMBERED = pytest.mark.parametrize(
    ("number", "question", "myth"),
    [(n, *each) for n, each in enumerate(MYTHS, 1)],
    ids=[question.id for question, _ in MYTHS],
)


def test_there_are_fifteen() -> None:
    assert len(MYTHS) == 15


def test_every_myth_is_settled_by_one_lesson() -> None:
    """Who ends that lesson is sent to it."""
    named = [name for lesson in COURSE.lessons.values() for name in lesson.myths]
    assert sorted(named) == sorted(question.id for question, _ in MYTHS)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "as soon as the models change"),
        (2, "can go"),
        (3, "detects every"),
        (4, "all databases"),
    ],
)
def test_the_four_that_every_introduction_warns_of_come_first(number: int, word: str) -> None:
    _, myth = MYTHS[number - 1]
    assert word in myth.belief


@NUMBERED
def test_a_myths_experiment_is_its_own_and_has_its_number(
    number: int, question: Question, myth: Myth
) -> None:
    assert question.experiment.startswith(f"tests/myths/test_{number:02}_")
    file, _, test = question.experiment.partition("::")
    assert f"Myth {number}:" in (COURSE.root / file).read_text(encoding="utf-8").splitlines()[0]
    assert test in question.proof(COURSE.root).source


def test_every_file_of_experiments_belongs_to_a_myth() -> None:
    named = {question.experiment.partition("::")[0] for question, _ in MYTHS}
    files = (COURSE.root / "tests" / "myths").glob("test_*.py")
    assert {file.relative_to(COURSE.root).as_posix() for file in files} == named


@NUMBERED
def test_the_page_has_a_section_under_an_anchor_of_its_own(
    number: int, question: Question, myth: Myth
) -> None:
    section = PAGE.partition(f'<a id="myth-{number}"></a>')[2].partition("<a id=")[0]
    assert f"## {number}. {myth.belief.rstrip('.')}" in section
    assert myth.reality in section and myth.matters in section and myth.source in section
    assert f"<!-- quiz docs/myths.toml {question.id} -->" in section


@NUMBERED
def test_reality_and_reason_are_short(number: int, question: Question, myth: Myth) -> None:
    assert len(re.findall(r"[.:?](?:\s|$)", myth.reality)) in range(2, 6)
    assert len(myth.reality) < 420 and len(myth.matters) < 260


def test_the_right_option_is_not_always_in_one_place() -> None:
    places = [[option.right for option in q.options].index(True) for q, _ in MYTHS]
    assert {places.count(place) for place in range(3)} <= {3, 4, 5, 6, 7}


def test_a_question_without_a_belief_is_no_myth(tmp_path: Path) -> None:
    for folder in ("docs", "lessons", "exercises"):
        (tmp_path / folder).mkdir()
    lesson = COURSE.root / "lessons" / "04-creating-and-applying" / "quiz.toml"
    (tmp_path / "docs" / "myths.toml").write_bytes(lesson.read_bytes())

    with pytest.raises(CourseError, match="who-writes-the-revision has no belief"):
        list(sections(Catalog(tmp_path)))
