"""The quiz bank: every answer has a reason, and every question an experiment that proves it."""

import re
from collections.abc import Callable
from math import comb
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.lesson import Lesson
from remodel.course.quiz import Question, as_markdown, inline, read_quiz
from remodel.errors import CourseError

COURSE = find_course()
MYTHS = read_quiz(COURSE.root / "docs" / "myths.toml")
BANKS = [lesson for lesson in COURSE.lessons.values() if (lesson.path / "quiz.toml").exists()]
QUESTIONS = [each for lesson in BANKS for each in read_quiz(lesson.path / "quiz.toml")]
QUESTIONS += MYTHS
OPTIONS = """
[[question.option]]
text = "A"
why = "{why}"
right = true
[[question.option]]
text = "B"
why = "b"
{more}
"""
#: Where somebody puts the cross who knows nothing and reads no reason.
HABITS: dict[str, Callable[[list[int]], int]] = {
    "the longest": lambda lengths: lengths.index(max(lengths)),
    "the shortest": lambda lengths: lengths.index(min(lengths)),
    "the first": lambda lengths: 0,
    "the one in the middle": lambda lengths: len(lengths) // 2,
    "the last": lambda lengths: len(lengths) - 1,
}
#: What stands out where one option alone has it.
MARKS = {
    "two sentences": r"[.!?] [A-Z`]",
    "a reason": r"\b(because|since|so)\b",
    "a number": r"\d",
    "code": "`",
}
HEAD = """
[[question]]
id = "q"
kind = "single"
ask = "?"
experiment = "tests/course/test_quiz.py::test_z"
"""


def bank(tmp_path: Path, text: str) -> list[Question]:
    (tmp_path / "quiz.toml").write_text(text, encoding="utf-8")
    return read_quiz(tmp_path / "quiz.toml")


def test_lesson_4_has_a_quiz() -> None:
    assert "04-creating-and-applying" in [lesson.name for lesson in BANKS]


@pytest.mark.parametrize("lesson", BANKS, ids=lambda lesson: lesson.name)
def test_a_bank_predicts_once_and_asks_four_times(lesson: Lesson) -> None:
    kinds = [each.kind for each in read_quiz(lesson.path / "quiz.toml")]
    assert kinds[0] == "predict"
    assert kinds.count("single") >= 4


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_experiment_of_a_question_exists(question: Question) -> None:
    assert question.experiment.startswith(("tests/experiments/", "tests/myths/"))
    assert "assert" in question.proof(COURSE.root).source


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_option_has_a_reason_of_its_own(question: Question) -> None:
    reasons = [option.why for option in question.options]
    assert len(set(reasons)) == len(reasons) >= 2


@pytest.mark.parametrize("lesson", BANKS, ids=lambda lesson: lesson.name)
def test_every_question_stands_on_a_page_of_the_lesson(lesson: Lesson) -> None:
    page = "".join(each.read_text(encoding="utf-8") for each in lesson.pages)
    for question in read_quiz(lesson.path / "quiz.toml"):
        assert inline(question.options[0].text) in page


def reached_by_chance(tries: int, chance: float) -> range:
    """How often `chance` comes true in `tries`, without one in twenty at either end."""
    ways = [comb(tries, n) * chance**n * (1 - chance) ** (tries - n) for n in range(tries + 1)]
    fewest = next(n for n in range(tries + 1) if sum(ways[: n + 1]) > 0.05)
    most = next(n for n in range(tries + 1) if sum(ways[: n + 1]) >= 0.95)
    return range(fewest, most + 1)


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_answers_no_more_questions_than_chance(habit: str) -> None:
    """Neither the length of an option nor its place tells that it is the right one."""
    lengths = [[len(each.text) for each in question.options] for question in QUESTIONS]
    chosen = [HABITS[habit](each) for each in lengths]
    right = sum(
        question.options[number].right for question, number in zip(QUESTIONS, chosen, strict=True)
    )
    chance = sum(1 / len(each) for each in lengths) / len(lengths)
    assert right in reached_by_chance(len(QUESTIONS), chance)


@pytest.mark.parametrize("mark", MARKS)
def test_what_one_option_alone_has_does_not_tell_that_it_is_right(mark: str) -> None:
    """It is the right one about as often as chance has it, and the wrong one, too."""
    alone = [
        marked[0].right
        for question in QUESTIONS
        if len(marked := [o for o in question.options if re.search(MARKS[mark], o.text)]) == 1
    ]
    assert not alone or sum(alone) in reached_by_chance(len(alone), 1 / 3)


def test_no_two_questions_of_the_course_have_one_id() -> None:
    ids = [question.id for question in QUESTIONS]
    assert [each for each in ids if ids.count(each) > 1] == []


def test_an_experiment_is_shown_with_the_constants_that_it_uses() -> None:
    (question,) = [each for each in MYTHS if each.id == "myth-exit-code-0"]
    source = question.proof(COURSE.root).source
    assert source.startswith('COMMITS = """\n    op.execute(') and "\n\ndef test_a_commit" in source


def test_an_option_without_a_reason_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        CourseError, match=r"quiz.toml:10: .*\(q\), .* number 1, 'why' must not be empty"
    ):
        bank(tmp_path, HEAD + OPTIONS.format(why=" ", more=""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[[question]]\n# a comment\nkind = 'single'\n",
            r":1: \[\[question\]\] number 1: the key 'id' is missing",
        ),
        (HEAD.replace('"q"', "7"), r":3: .*'id' must be a text in quotes, not 7"),
        (
            HEAD + "option = 3\n",
            r":7: .*'option' must be tables, each under \[\[question.option\]\]",
        ),
        (
            HEAD.replace('"?"', '" "') + OPTIONS.format(why="a", more=""),
            r":5: .*'ask' must not be empty",
        ),
        (
            HEAD.replace("single", "both") + OPTIONS.format(why="a", more=""),
            r":4: .*'kind' must be one of predict, single, not 'both'",
        ),
        (
            2 * (HEAD + OPTIONS.format(why="a", more="")),
            r":18: .*number 2 \(q\), 'id' is another's id",
        ),
        (
            HEAD + "belief = 'x'\n" + OPTIONS.format(why="a", more=""),
            r":2: .*the key 'reality' of a myth is missing",
        ),
        (
            HEAD + OPTIONS.format(why="a", more='right = "no"'),
            r":15: .*'right' must be true or false, not 'no'",
        ),
        ("question = 3\n", r":1: 'question' must be tables, each under \[\[question\]\]"),
        ("[[question]]\nid = x\n", r"quiz.toml:2: Invalid value\. Correct the TOML"),
        ('[[question]]\nid = "x\n', r"quiz.toml:2: .*Correct the TOML"),
        ("[[question]]\n\nid = [", r"quiz.toml:3: .*Correct the TOML"),
    ],
)
def test_a_malformed_bank_is_refused_with_file_and_line(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(CourseError, match=f"quiz.toml{said}" if said[0] == ":" else said):
        bank(tmp_path, text)


def test_two_right_options_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="one right option"):
        bank(tmp_path, HEAD + OPTIONS.format(why="a", more="right = true"))


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="unknown key 'hint'"):
        bank(tmp_path, HEAD + 'hint = "x"\n' + OPTIONS.format(why="a", more=""))


def test_an_experiment_that_nobody_wrote_is_an_error(tmp_path: Path) -> None:
    (question,) = bank(tmp_path, HEAD + OPTIONS.format(why="a", more=""))
    with pytest.raises(CourseError, match="test_z"):
        list(as_markdown(question, COURSE.root))


def test_html_in_an_option_is_shown_and_not_obeyed() -> None:
    assert inline("`<b>` & co") == "<code>&lt;b&gt;</code> &amp; co"
