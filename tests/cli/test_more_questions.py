"""`remodel quiz --more`: drawn questions at a terminal, and what they show of the learner."""

import json
import re
import subprocess
from datetime import date, timedelta

from remodel.course.catalog import find_course
from remodel.course.families import Families
from remodel.experiments.questions.drawing import draw
from remodel.playground.believing import GAP
from tests.conftest import BIN, Remodel

FAMILIES = Families(find_course())
BY_TITLE = {each.title: name for name, each in FAMILIES.by_name.items()}
BELIEFS = "What you seem to believe:"


def answered(remodel: Remodel, right: bool, *options: str) -> str:
    """What a round shows to whoever answers all of the draw 0 rightly, or all wrongly."""
    shown = ""
    with subprocess.Popen(
        [BIN / "remodel", "quiz", "--more", "--seed", "0", *options],
        env=remodel.environment(PYTHONUNBUFFERED="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        while letter := process.stdout.read(1):
            shown += letter
            if shown.endswith("): "):
                title = shown.rpartition("\nQuestion ")[2].partition(": ")[2].partition("\n")[0]
                question = draw(FAMILIES, BY_TITLE[title.removesuffix("\x1b[0m")], 0)
                number = [option.right for option in question.options].index(right) + 1
                process.stdin.write(f"{number}\n")
                process.stdin.flush()
    assert process.returncode == 0
    return shown


def test_a_wrong_answer_shows_a_belief_until_a_right_one_days_later(remodel: Remodel) -> None:
    """Page and exercise stand with it, also below `remodel progress`; all fits 80 columns."""
    wrong = answered(remodel, False, "4")
    assert [line for line in wrong.splitlines() if len(line) > 80] == []
    seen = wrong.partition(BELIEFS)[2]
    assert seen.count("It is not so.") == seen.count("Read:  remodel read ") >= 3
    assert seen in remodel("progress").stdout + "\n"
    assert "It is not so. Why?" in remodel("cards", typed="").stdout

    file = remodel.course / "playground" / "progress.json"
    record = json.loads(file.read_text("utf-8"))
    for memory in (*record["families"].values(), *record["beliefs"].values()):
        memory["day"] = (date.fromisoformat(memory["day"]) - timedelta(GAP)).isoformat()
    file.write_text(json.dumps(record), encoding="utf-8")
    # The lesson has more families than a round asks, and two may ask for one belief.
    answered(remodel, True, "4")
    assert BELIEFS not in answered(remodel, True, "4")


def test_what_was_asked_within_the_last_days_waits_unless_you_name_a_lesson(
    remodel: Remodel,
) -> None:
    """Without a lesson, it says on which day a question comes back."""
    today = date.today()
    asked = {name: {"asked": 1, "day": today.isoformat()} for name in FAMILIES.by_name}
    (remodel.course / "playground").mkdir()
    file = remodel.course / "playground" / "progress.json"
    file.write_text(json.dumps({"families": asked, "last": "release-command"}), encoding="utf-8")
    back = f"The next question comes back on {today + timedelta(GAP)}."
    assert back in remodel("quiz", "--more").stdout
    assert remodel("quiz", "4", "--more", typed="").stdout.startswith("Question 1 of ")


def test_a_seed_without_more_is_refused(looking: Remodel) -> None:
    """It has no meaning there."""
    done = looking("quiz", "4", "--seed", "1")
    assert done.returncode == 2 and "Add --more." in done.stderr


def test_an_inventory_is_kept_as_a_whole_and_compared_afterwards(remodel: Remodel) -> None:
    """Nothing of it says what is right; who leaves keeps nothing; a file carries it to a class."""
    left = remodel("quiz", "--inventory", "before", typed="1\n1\n")
    assert left.returncode == 0 and "nothing was kept" in left.stdout
    before = remodel("quiz", "--inventory", "before", typed="1\n" * 12).stdout
    assert "Right" not in before and "Question 12 of 12" in before
    assert [line for line in before.splitlines() if len(line) > 80] == []
    after = remodel("quiz", "--inventory", "after", typed="2\n" * 12).stdout
    assert re.search(r"Of the \d+ ideas that you did not know before, you know \d+ now\.", after)
    assert remodel("progress", "--export", "me.json").returncode == 0
    table = remodel("class", "gains", "me.json").stdout
    assert table.startswith("1 of 1 learners were asked before and after.")
    data = json.loads(remodel("class", "gains", "me.json", "--json").stdout)
    assert len(data) == 12 and data[0]["learners"] == 1


def test_a_lesson_without_drawn_questions_names_those_that_have_some(looking: Remodel) -> None:
    """Lesson 1 knows no migration yet."""
    done = looking("quiz", "--more", "1")
    assert done.returncode == 2 and "There are some for 2, 3, 4, 5, 6, 7." in " ".join(
        done.stderr.split()
    )


def test_an_inventory_takes_nothing_else(looking: Remodel) -> None:
    """A lesson or a seed would make it another one."""
    assert looking("quiz", "4", "--inventory", "after").returncode == 2
