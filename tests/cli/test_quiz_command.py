"""`remodel quiz` and `remodel myth`, as a person at a terminal and as a pipe meet them."""

import signal
import subprocess
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.myths import read_myths
from remodel.course.quiz import Question, read_quiz
from tests.conftest import BIN, Remodel

LESSON = "04-creating-and-applying"
COURSE = find_course()
QUESTIONS = read_quiz(COURSE.root / "lessons" / LESSON / "quiz.toml")
MYTHS = read_myths(COURSE)
#: Nobody listens there.
NO_SERVER = {"REMODEL_POSTGRESQL_URL": "postgresql://nobody@127.0.0.1:1/none"}


def places(question: Question, right: bool) -> list[int]:
    """The numbers of the options that are right, or that are not."""
    return [n for n, option in enumerate(question.options, 1) if option.right is right]


def typed(right: bool) -> str:
    """An answer to every question of the lesson."""
    return "".join(f"{places(question, right)[0]}\n" for question in QUESTIONS)


def words(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def too_wide(text: str) -> list[str]:
    """Lines that 80 columns cannot hold; an address cannot be broken."""
    return [line for line in text.splitlines() if len(line) > 80 and "https://" not in line]


# -- quiz -------------------------------------------------------------------------------------


def test_who_knows_everything_is_told_so(looking: Remodel) -> None:
    done = looking("quiz", "4", typed=typed(right=True))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"{len(QUESTIONS)} of {len(QUESTIONS)} right.\n")
    assert done.stdout.count("✓ Right.") == len(QUESTIONS)
    assert too_wide(done.stdout) == []


def test_a_wrong_answer_gets_its_own_reason_and_the_right_one(remodel: Remodel) -> None:
    done = remodel("quiz", LESSON, typed=typed(right=False))
    said = words(done.stdout)
    for question in QUESTIONS:
        wrong, right = places(question, False)[0], places(question, True)[0]
        assert words(f"✗ Not this one. {question.options[wrong - 1].why}") in said
        assert words(f"Right is {right}. {question.options[right - 1].why}") in said
        assert question.experiment.partition("::")[2] in said
        assert f"What happens:\n\n{question.proof(COURSE.root).telling_steps}\n" in done.stdout
    assert f"0 of {len(QUESTIONS)} right. The reasons stand in lessons/{LESSON}/README.md" in said


def test_what_was_missed_comes_first_until_it_is_known(remodel: Remodel) -> None:
    """The third question is answered wrongly, then comes first; answered rightly, it does not."""
    third = QUESTIONS[2]
    answers = typed(right=True).splitlines()
    answers[2] = str(places(third, right=False)[0])
    remodel("quiz", "4", typed="\n".join([*answers, ""]))
    again = remodel("quiz", "4", typed=f"{places(third, right=True)[0]}\n").stdout
    assert again.startswith(f"What you missed last time comes first: 1 of {len(QUESTIONS)}.")
    assert words(third.ask) in words(again).partition("Your answer")[0]
    after = remodel("quiz", "4").stdout
    assert words(QUESTIONS[0].ask) in words(after).partition("Your answer")[0]
    assert "missed" not in after


def test_what_is_no_number_of_an_option_is_asked_for_again(looking: Remodel) -> None:
    done = looking("quiz", "4", typed="0\nfour\n\n4\n" + typed(right=True))
    assert done.stdout.count("Type a number from 1 to 3.") == 4
    assert f"{len(QUESTIONS)} of {len(QUESTIONS)} right." in done.stdout


@pytest.mark.parametrize(("answered", "count"), [(0, ""), (2, "2 of 2 right.\n")])
def test_the_end_of_the_input_ends_it_politely(looking: Remodel, answered: int, count: str) -> None:
    lines = typed(right=True).splitlines(keepends=True)[:answered]
    done = looking("quiz", "4", typed="".join(lines))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"Until next time.\n{count}To take it again: remodel quiz 4\n")


def interrupted(looking: Remodel, until: str, *argv: str) -> subprocess.CompletedProcess[str]:
    """What is said by `remodel ARGV` when it is interrupted as soon as it says `until`."""
    process = subprocess.Popen(
        [BIN / "remodel", *argv],
        env=looking.environment(PYTHONUNBUFFERED="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    if argv[0] == "myth":
        process.stdin.write("\n")
        process.stdin.flush()
    seen = ""
    while until not in seen:
        seen += process.stdout.read(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(argv, process.returncode, seen + out, err)


def test_an_interrupt_ends_a_quiz_politely(looking: Remodel) -> None:
    done = interrupted(looking, "Your answer", "quiz", "4")
    assert "Until next time." in done.stdout and done.stderr == ""
    assert done.returncode == 130


@pytest.mark.parametrize("moment", ["Your answer", "--- ", "lamps --rev-id"])
def test_an_interrupt_ends_a_myth_politely(looking: Remodel, moment: str) -> None:
    done = interrupted(looking, moment, "myth", "12")
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 130


def test_without_a_lesson_it_asks_which(looking: Remodel) -> None:
    done = looking("quiz", typed="nine\n4\n")
    assert "  4  Creating and applying migrations" in done.stdout
    assert "Type one of" in done.stdout
    assert "Lesson 4, question 1" in done.stdout


@pytest.mark.parametrize("place", [f"lessons/{LESSON}", f"lessons/{LESSON}/migrations/versions"])
def test_in_a_lessons_folder_it_asks_about_that_lesson(looking: Remodel, place: str) -> None:
    done = looking("quiz", cwd=looking.course / place, typed="")
    assert done.stdout.startswith("Lesson 4, question 1")


def test_in_an_exercise_it_asks_about_that_exercises_lesson(learner: Remodel) -> None:
    assert learner("quiz", cwd=learner.begun).stdout.startswith("Lesson 4, question 1")


def test_a_lesson_that_is_not_there_is_named(looking: Remodel) -> None:
    done = looking("quiz", "12")
    assert done.returncode == 2 and "No lesson is called '12'" in words(done.stderr)


def test_a_malformed_question_is_named_with_its_line(course: Path) -> None:
    bank = course / "lessons" / LESSON / "quiz.toml"
    bank.write_text(bank.read_text("utf-8").replace("right = true", "", 1), encoding="utf-8")
    done = Remodel(course)("quiz", "4")
    assert done.returncode == 2
    assert (
        "quiz.toml:1: [[question]] number 1 (who-writes-the-revision): it needs one right option"
        in words(done.stderr)
    )


# -- myth -------------------------------------------------------------------------------------


def test_the_list_names_every_myth_by_number(looking: Remodel) -> None:
    done = looking("myth")
    said = words(done.stdout)
    for number, (_, myth) in enumerate(MYTHS, 1):
        assert f"{number} {myth.belief}" in said
    assert too_wide(done.stdout) == []


def test_a_myth_is_asked_shown_and_explained(looking: Remodel) -> None:
    question, myth = MYTHS[7]
    done = looking("myth", "8", typed=f"{places(question, True)[0]}\n")
    assert done.returncode == 0, done.stderr
    asked, shown = done.stdout.split("What really happens")
    assert myth.belief in words(asked) and "✓ Right." in asked
    assert "$ flask db upgrade\nINFO  [alembic.runtime.migration] Running upgrade 0001" in shown
    assert "sql> SELECT DISTINCT floor FROM room\nNULL\n" in shown
    assert words(myth.reality) in words(shown) and words(myth.matters) in words(shown)
    assert too_wide(done.stdout) == []


@pytest.mark.parametrize("line", ["", "\n"])
def test_a_myth_can_be_watched_without_an_answer(looking: Remodel, line: str) -> None:
    done = looking("myth", "6", typed=line)
    assert done.returncode == 0, done.stderr
    assert "No new upgrade operations detected" in done.stdout
    assert "Right." not in done.stdout


def test_myth_4_is_shown_on_both_databases(looking: Remodel) -> None:
    done = looking("myth", "4", typed="2\n")
    assert done.returncode == 0, done.stderr
    assert "no such table:" in done.stdout  # SQLite's words
    assert "psycopg.errors.DatatypeMismatch" in done.stdout
    assert "psycopg.errors.UndefinedTable" in done.stdout
    assert too_wide(done.stdout) == []


def test_without_a_postgresql_half_of_myth_4_is_shown_and_what_to_do(looking: Remodel) -> None:
    done = looking("myth", "4", cwd=None, typed="2\n", **NO_SERVER)
    assert done.returncode == 2
    assert "Running upgrade 0001 -> 0002, lamps" in done.stdout
    assert "psycopg" not in done.stdout
    assert "REMODEL_POSTGRESQL_URL refuses" in words(done.stderr)
    assert "Traceback" not in done.stderr


def test_an_experiment_that_goes_otherwise_is_no_proof(course: Path) -> None:
    file = course / "tests" / "myths" / "test_08_default_fills_rows.py"
    file.write_text(file.read_text("utf-8").replace("(None,)", "(5,)"), encoding="utf-8")
    done = Remodel(course)("myth", "8", typed="3\n")
    assert done.returncode == 2
    assert "did not go as we say" in done.stderr and "(None,)" in done.stderr


def test_an_experiment_that_cannot_be_read_is_no_proof(course: Path) -> None:
    file = course / "tests" / "myths" / "test_08_default_fills_rows.py"
    file.write_text("def test_(", encoding="utf-8")
    done = Remodel(course)("myth", "8", typed="3\n")
    assert done.returncode == 2 and "did not go as we say" in done.stderr


@pytest.mark.parametrize("number", ["0", "16", "-1", "one"])
def test_a_myth_that_is_not_there_is_named(looking: Remodel, number: str) -> None:
    done = looking("myth", "--", number)
    assert done.returncode == 2 and number in done.stderr
