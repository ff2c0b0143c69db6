"""What is next, what may be left out or typed differently, and what a shell completes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.playground.progress import Progress, next_exercise
from tests.conftest import BIN, SLUG, Remodel

COURSE = find_course()
CORE = [e.slug for e in COURSE.exercises.values() if e.track == "core"]


def after(tmp_path: Path, *passed: str, last: str | None = None) -> str | None:
    """The slug that is next for somebody who has passed `passed`, in this order."""
    progress = Progress(path=tmp_path, passed=dict.fromkeys(passed, "2026-01-01"), last=last)
    exercise = next_exercise(COURSE, progress)
    return exercise.slug if exercise else None


def in_lesson(number: int, track: str) -> list[str]:
    """The exercises of one lesson, in order."""
    name = COURSE.lesson(str(number)).name
    return [e.slug for e in COURSE.exercises.values() if (e.lesson, e.track) == (name, track)]


# -- what is next -----------------------------------------------------------------------------


def test_next_is_the_one_begun_then_the_lesson_of_the_last_pass_then_the_core(
    tmp_path: Path,
) -> None:
    """Who was set lesson 4 by a teacher is not sent back to lesson 1 after each pass."""
    fourth = in_lesson(4, "core")
    assert after(tmp_path) == CORE[0]
    assert after(tmp_path, last="two-heads") == "two-heads"
    assert after(tmp_path, fourth[0], last=fourth[0]) == fourth[1]
    assert after(tmp_path, *fourth) == CORE[0]
    assert after(tmp_path, *CORE, *fourth[-1:]) not in CORE
    assert after(tmp_path, *COURSE.exercises) is None


def test_the_capstone_comes_when_all_else_is_passed(tmp_path: Path) -> None:
    """Who has the last lesson behind them is sent to what is left of earlier ones first."""
    (capstone,) = in_lesson(7, "capstone")
    left = {capstone, in_lesson(4, "more")[0]}
    passed = [slug for slug in COURSE.exercises if slug not in left]
    assert {after(tmp_path, *passed), capstone} == left
    assert after(tmp_path, *COURSE.exercises.keys() - {capstone}) == capstone


def test_what_the_course_no_longer_has_is_not_counted(tmp_path: Path) -> None:
    """A pass of an exercise that was renamed is not one of those that there are."""
    progress = Progress(path=tmp_path, passed={"gone": "2026-01-01", SLUG: "2026-01-02"})
    assert progress.count(COURSE) == f"1 of {len(COURSE.exercises)}"


def test_next_and_start_begin_the_next_exercise_and_then_say_where_it_lies(
    remodel: Remodel,
) -> None:
    """Neither wants a slug; a second call begins nothing and changes nothing."""
    first = remodel("next")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith(f'{CORE[0]}, "')
    folder = remodel.course / "playground" / CORE[0]
    (folder / "mine.txt").write_text("mine")
    for words in (["next"], ["start"]):
        again = remodel(*words)
        assert again.returncode == 0
        assert again.stdout.startswith(f"You are at {CORE[0]}, ")
        assert f"cd {folder}" in again.stdout
    assert (folder / "mine.txt").exists()


# -- what may be typed differently --------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "TWO-HEADS",
        "exercises/05-history-and-versions/two-heads",
        "exercises/05-history-and-versions/two-heads/",
        "exercises/05-history-and-versions/two-heads/README.md",
        "playground\\two-heads",
    ],
)
def test_a_slug_in_capitals_or_in_a_path_is_the_slug(looking: Remodel, typed: str) -> None:
    """What a shell completes, or a keyboard shouts, names the same exercise."""
    told = looking("check", typed)
    assert told.returncode == 2
    assert "You have not started two-heads." in told.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fist-model", "first-model"), ("add-a-", "add-a-column or add-a-table"), ("no", "")],
)
def test_only_what_is_like_a_slug_is_offered(looking: Remodel, typed: str, meant: str) -> None:
    """A near miss gets the slug, and what is like none gets the list."""
    told = looking("start", typed)
    assert told.returncode == 2
    assert (f"Did you mean {meant}?" if meant else "`remodel list` shows them all.") in told.stderr


def test_other_words_for_the_same(looking: Remodel) -> None:
    """`test` checks; `help`, `-h` and `--help` help."""
    assert looking("test", "two-heads").stderr == looking("check", "two-heads").stderr
    help_text = looking("--help").stdout
    assert "next " in help_text
    assert looking("-h").stdout == looking("help").stdout == help_text
    assert looking("help", "hint").stdout == looking("hint", "--help").stdout


# -- every failure ------------------------------------------------------------------------------


def test_all_shows_what_one_verdict_only_counts(learner: Remodel) -> None:
    """Without it, one failure and the way to see the others; with it, each of them."""
    learner.solve()
    for revision in (learner.begun / "migrations" / "versions").glob("*.py"):
        head, _, _ = revision.read_text().partition("def downgrade")
        revision.write_text(f"{head}def downgrade():\n    pass\n")
    one = learner("check", SLUG, "--seed", "7")
    told = json.loads(learner("check", SLUG, "--seed", "7", "--json").stdout)
    failed = [test["title"] for test in told["tests"] if test["status"] == "fail"]
    assert len(failed) > 1
    assert one.stdout.count("Not true yet: ") == 1
    assert f"remodel check {SLUG} --all" in one.stdout
    every = learner("check", SLUG, "--seed", "7", "--all")
    assert every.returncode == 1
    said = " ".join(every.stdout.split())
    assert all(f"Not true yet: {title}" in said for title in failed)
    assert "--all" not in every.stdout


# -- a shell's completion -----------------------------------------------------------------------


def completed(looking: Remodel, *words: str) -> list[str]:
    """What a real bash offers for the last of `words`, after the line that is to be put there."""
    line = looking("completion", "bash").stdout.splitlines()[-1]
    script = (
        f"{line}\nCOMP_WORDS=({' '.join(repr(word) for word in words)})\n"
        f"COMP_CWORD={len(words) - 1}\n_remodel_completion remodel\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = looking.run("bash", "--norc", "-c", script)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_bash_completes_commands_and_slugs(looking: Remodel) -> None:
    """By the line that `remodel completion bash` says, in a bash that has read it."""
    assert completed(looking, "remodel", "sta") == ["start"]
    assert completed(looking, "remodel", "check", "add-a") == ["add-a-column", "add-a-table"]
    every = completed(looking, "remodel", "start", "")
    assert sorted(every) == sorted(COURSE.exercises)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_line_of_other_shells_gets_a_script(looking: Remodel, shell: str) -> None:
    """Click has written it for that shell, and it completes the command `remodel`."""
    line = looking("completion", shell).stdout.splitlines()[-1]
    assert f"_REMODEL_COMPLETE={shell}_source {BIN / 'remodel'}" in line
    script = looking(_REMODEL_COMPLETE=f"{shell}_source").stdout
    assert f"_REMODEL_COMPLETE={shell}_complete" in script
    asked = looking(
        _REMODEL_COMPLETE=f"{shell}_complete",
        COMP_WORDS="remodel check add-a",
        COMP_CWORD="2" if shell == "zsh" else "add-a",
    )
    assert "add-a-table" in asked.stdout


def test_the_shell_of_the_learner_is_meant_where_none_is_named(looking: Remodel) -> None:
    """$SHELL says which; its start-up file is named."""
    assert "~/.zshrc" in looking("completion", SHELL="/usr/bin/zsh").stdout
    assert "~/.bashrc" in looking("completion", SHELL="/bin/other").stdout


def test_the_command_loads_nothing_of_the_grader() -> None:
    """Help and completion answer at once: what is slow to load is loaded when it is called for."""
    script = "import sys, remodel.cli.group; print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    heavy = ("remodel.grading", "remodel.database", "sqlalchemy", "flask", "rich", "pytest")
    names = loaded.stdout.split()
    assert "remodel.cli.learning" in names
    assert [name for name in names if name.startswith(heavy)] == []
