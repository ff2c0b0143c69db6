"""The standard check of the learner's own machine: what an answer does here, it does there."""

import shlex

from remodel.database import sqlite
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.repair_script import commands_for
from remodel.grading.standard.changes import first_change
from remodel.grading.standard.marks import deep, guard, misconception
from remodel.grading.standard.rows import refuse_other_rows
from remodel.grading.workspace.plain_code import is_plain_answer
from remodel.grading.workspace.workspace import Databases

LOOKS = (
    "What you hand in looks at the database alone: not at the folder, the environment, the clock "
    "or another process."
)
WAITS = (
    "What you hand in waits for nobody: not for a key in a terminal, a file or another process. "
    "Where it only needs more time: --limit 60."
)


@deep
@guard
@misconception("it-works-where-it-is-graded")
def test_it_does_the_same_in_a_playground(project: Project) -> None:
    """Typed in a playground, on the database there, it does what it does everywhere."""
    exercise, start = project.exercise, _first_day(project)
    here = project.starting_from(start)
    migrates = exercise.changes_by != "models" and exercise.hands_in not in ("commands", "script")
    if migrates and _goes(here.copy().solved()):
        refuse_other_rows(here.copy(), start, _finished)
    if is_plain_answer(project.answer):
        return  # it cannot see where it is
    for words in (*_commands(project), *map(tuple, map(shlex.split, exercise.standard.typed))):
        here = _refuse_another_outcome(here, words)


def _first_day(project: Project) -> Databases:
    """The databases of a playground before anything is done there, but that they are old."""
    if project.exercise.changes_by == "models":
        return project.empty().databases
    if project.exercise.hands_in == "script":
        return project.deployment(project.deployments.playground.name).databases
    laid_out = project.laid_out().databases
    return {bind: sqlite.aged(content) for bind, content in laid_out.items()}


def _goes(solved: Project) -> bool:
    """Whether the solution comes to its end on these rows: whoever has to repair it first, not."""
    try:
        solved.finish()
    except Refused:
        return False
    return True


def _finished(project: Project) -> Project:
    return project.finish()


def _commands(project: Project) -> list[tuple[str, ...]]:
    """What is typed after `flask`, one after the other, to do what the exercise is about."""
    if project.exercise.hands_in == "script":
        return []  # the exercise says what
    if project.exercise.changes_by == "sql":
        return [("run-sql", project.exercise.edits[0])]
    if project.exercise.hands_in == "commands":
        own = project.deployments.playground.name
        copies = {each.name: each.commands for each in project.exercise.deployments}
        lines = commands_for(own, project.answer.text("repair.txt"), "repair.txt", copies)
        return [tuple(shlex.split(line)[1:]) for _, line in lines]
    if project.exercise.changes_by == "models":
        return [("init-db",), ("furnish",)]
    below = project.version[0] if project.version else "base"
    return [("db", "upgrade", "head"), ("db", "downgrade", below)]


def _refuse_another_outcome(start: Project, words: tuple[str, ...]) -> Project:
    """Refuse where the command does something else in a playground; gives what it made here."""
    here, there = start.copy(), start.copy()
    completed, typed = here.flask(*words), there.type(*words)
    command = f"`flask {shlex.join(words)}`"
    if completed.ok and not typed.ok:
        raise _refused(
            words,
            f"Typed in a playground, {command} fails, and it did not fail in a copy of it:",
            *(f"  {line}" for line in typed.error_lines),
            looks=WAITS if typed.stopped == "time" else LOOKS,
        )
    change = first_change(start, here.databases, there.databases)
    if change or completed.ok != typed.ok or typed.goes_on:
        what = change.sentence if change else "it ends otherwise"
        raise _refused(
            words,
            f"Typed in a playground, {command} does something else than in a copy of it: {what}.",
            words_of=change.words if change else (),
        )
    return here


def _refused(
    words: tuple[str, ...], *lines: str, looks: str = LOOKS, words_of: tuple[str, ...] = ()
) -> Refused:
    return Refused(
        *lines,
        looks,
        function="downgrade" if "downgrade" in words else "upgrade",
        words=(*words_of, "environ", "getcwd", "exists"),
    )
