"""What a failure of several releases points at: the code that was asked, or a revision."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.grading.place import place_of
from remodel.grading.project.project import Project
from remodel.grading.project.rollout import Plan, ReleaseFailed
from remodel.grading.session import load_answer
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

CATALOG = find_course()
NO_COLUMN = "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such column: {}"
REQUIRED = "NOT NULL constraint failed: {}"
OLD, A, C = "the old app", "release A's app", "release C's app"
PLAN = Plan(
    codes={"old": None, "a": {"hearth/models.py": "releases/a.py"}, "c": {}},
    steps=(
        ("the start of the old app", ("start", OLD, "old")),
        ("A's upgrade", ("upgrade", "a", "0009")),
        ("the start of A", ("start", A, "a")),
        ("B's upgrade", ("upgrade", "a", "0010")),
        ("the start of C", ("start", C, "c")),
        ("D's upgrade", ("upgrade", "c", "0011")),
    ),
    asks=(),
    table="furniture",
    page="/rooms/1",
)
#: Of an answer to the rename: the step, the app and what it said; the file, and words of its line.
REQUESTS = [
    ("required-at-once", 1, OLD, REQUIRED.format("furniture.label"), "0009_expand.py", "label"),
    ("renamed-at-once", 1, OLD, NO_COLUMN.format("furniture.name"), "0009_expand.py", "name"),
    ("name-goes-with-the-copy", 3, A, NO_COLUMN.format("furniture.name"), "releases/a.py", "name"),
    ("c-maps-name", 5, C, NO_COLUMN.format("furniture.name"), "hearth/models.py", "name"),
    ("a-reads-label", 2, A, "", "releases/a.py", ""),
    ("c-maps-name", 4, C, "", "hearth/models.py", ""),
    ("name-stays-required", 4, C, REQUIRED.format("room.name_of_nothing"), "", ""),
]
#: What is wrong in the end; the file, and words of its line.
OUTCOMES = [
    ("copied-once-more", "in the end furniture.label is 'word 29'.", "0011_contract.py", "values("),
    ("copies-what-is-empty", "the end furniture.label is NULL.", "0010_copy.py", "values("),
    (
        "a-way-back-for-old-rows",
        "After `flask db downgrade 0008`, furniture.name may be NULL; it should be NOT NULL.",
        "0011_contract.py",
        "nullable=True",
    ),
    ("name-stays-for-good", "furniture has a column name too many.", "", ""),
    (
        "copied-once-more",
        "`flask db check` is not clean: furniture.label",
        "hearth/models.py",
        "label",
    ),
]


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """No command is run there."""
    with closing(open_runner("subprocess")) as runner, closing(Workspace(runner)) as opened:
        yield opened


def project_of(workspace: Workspace, answer: str) -> Project:
    """A wrong answer to the rename, whose releases were taken."""
    exercise = CATALOG.exercise("rename-without-downtime")
    loaded = load_answer(CATALOG, exercise, f"wrong/{answer}")
    assert not isinstance(loaded, RemodelError)
    project = Project(loaded, workspace, "1")
    project.released = True
    return project


def must_point(project: Project, error: AssertionError, file: str, words: str) -> None:
    """At a line of `file` that holds `words`; at the file alone, or at nothing, without them."""
    where, source = place_of(project, error, tuple(str(error).splitlines()), [])
    assert ((where or "").partition(":")[0].rpartition("versions/")[2], bool(source)) == (
        file,
        bool(words),
    )
    assert words in (source or "")


@pytest.mark.parametrize(("answer", "step", "app", "reason", "file", "words"), REQUESTS)
def test_who_is_refused_is_sent_to_the_code_or_the_revision(
    workspace: Workspace, answer: str, step: int, app: str, reason: str, file: str, words: str
) -> None:
    """To what the app asks for and is not there; where the app was given, to the revision."""
    error = ReleaseFailed("An app answered with 503.", PLAN, step, app, reason)
    must_point(project_of(workspace, answer), error, file, words)


@pytest.mark.parametrize(("answer", "sentence", "file", "words"), OUTCOMES)
def test_what_is_wrong_in_the_end_points_at_its_line_or_at_nothing(
    workspace: Workspace, answer: str, sentence: str, file: str, words: str
) -> None:
    """A value at the last line that wrote it, a rule at the line that left it out."""
    must_point(project_of(workspace, answer), AssertionError(sentence), file, words)


def test_a_file_that_a_message_names_is_its_place(workspace: Workspace) -> None:
    """Whatever else was changed."""
    project: Any = project_of(workspace, "an-old-revision-is-edited")
    project.released = False
    file = "migrations/versions/0008_merge_floors_and_values.py"
    error = AssertionError(f"{file} is not as it was given.")
    must_point(project, error, "0008_merge_floors_and_values.py", "")
