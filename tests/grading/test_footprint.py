"""What need not run twice: the course's own code. What runs every time: a learner's."""

from dataclasses import replace

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import Answer, solution, starter
from remodel.grading.workspace.footprint import footprint
from remodel.grading.workspace.memory import LASTING, Memory

EXERCISE = find_course().exercise("add-a-column")
UPGRADE = ("flask", "db", "upgrade", "head")
MODELS = ("create-all",)
PAGES = ("visit", "pages:", "{}")
REVISION = next(f for f in solution(EXERCISE).files if "/0002" in f)


def with_file(answer: Answer, name: str, content: bytes) -> Answer:
    """`answer` with one more, or another, file."""
    return replace(answer, files={**answer.files, name: content})


def test_a_text_that_no_command_reads_makes_no_difference() -> None:
    """Two repair.txt with the same app beside them are one thing to every command."""
    one, other = (with_file(solution(EXERCISE), "repair.txt", text) for text in (b"1", b"2"))
    assert footprint(one, UPGRADE) == footprint(other, UPGRADE) is not None


@pytest.mark.parametrize("command", [MODELS, PAGES, ("flask", "routes")])
def test_what_the_app_alone_does_depends_on_no_revision(command: tuple[str, ...]) -> None:
    """A learner's revision leaves what the course's own app does as it is, and no more."""
    solved = solution(EXERCISE)
    theirs = with_file(solved, REVISION, solved.files[REVISION] + b"# mine\n")
    assert footprint(theirs, command) == footprint(solved, command) is not None
    assert footprint(theirs, UPGRADE) is None


def test_a_learners_line_in_the_app_makes_every_file_count() -> None:
    """Code of a learner's may look at any file: nothing of it is taken from another's run."""
    theirs = solution(EXERCISE)
    theirs = with_file(theirs, "hearth/models.py", theirs.files["hearth/models.py"] + b"# mine\n")
    assert footprint(theirs, MODELS) is footprint(theirs, UPGRADE) is None


def test_starter_and_solution_are_not_one() -> None:
    """What the course wrote differs too."""
    assert footprint(starter(EXERCISE), MODELS) != footprint(solution(EXERCISE), MODELS)
    assert footprint(starter(EXERCISE), UPGRADE) != footprint(solution(EXERCISE), UPGRADE)


def test_memory_forgets_a_learners_outcomes_and_keeps_the_newest_of_the_courses() -> None:
    """A long session stays small."""
    memory = Memory[int]()
    memory.promised(("theirs", 1))
    for n in range(LASTING + 1):
        memory.promised(("course", n), lasting=True)
    memory.forget(set())
    known = [memory.promised(key, lasting)[1] for key, lasting in KEYS]
    assert known == [False, False, True]


KEYS = ((("theirs", 1), False), (("course", 0), True), (("course", LASTING), True))
