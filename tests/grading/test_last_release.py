"""The last release in use, on databases that the next release has migrated."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from remodel.course.catalog import find_course
from remodel.errors import CourseError
from remodel.grading import standard
from remodel.grading.answer import solution
from remodel.grading.project.last_release import last_release, use_last_release
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

CATALOG = find_course()
#: Its models are those of the next release: they have two columns and a table that 0009 makes.
EXERCISE = CATALOG.exercise("rehearse-on-a-copy")
REVISION = "migrations/versions/0009_owners_and_inspected_rooms.py"
MODELS = "hearth/models.py"


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """One for all, so that the last release is explored once."""
    runner = open_runner("inline")
    yield Workspace(runner)
    runner.close()


@pytest.fixture
def project(workspace: Workspace) -> Project:
    """The solution, with rows in its database, before its revision runs."""
    return Project(solution(EXERCISE), workspace, "1").populated()


def with_trigger(project: Project, trigger: str) -> Project:
    """The same, where the revision ends with a trigger more."""
    files = dict(project.answer.files)
    text = files[REVISION].decode()
    assert text.count("\n\n\ndef downgrade") == 1
    more = f'\n    op.execute("""CREATE TRIGGER more {trigger}; END""")'
    files[REVISION] = text.replace("\n\n\ndef downgrade", f"{more}\n\n\ndef downgrade").encode()
    project.answer = replace(project.answer, files=files)
    return project


def test_what_leaves_the_old_code_alone_is_accepted(project: Project) -> None:
    """A new table and new columns that may be NULL are nothing to the last release."""
    use_last_release(project)
    assert "owner" in project.schema


@pytest.mark.parametrize(
    ("trigger", "told"),
    [
        (
            "BEFORE INSERT ON furniture BEGIN SELECT RAISE(ABORT, 'full')",
            r"sending the form of /rooms/\S+/furniture/add is answered with HTTP status 422; it "
            r"should be 302\.\n  full$",
        ),
        (
            "AFTER UPDATE ON room BEGIN SELECT * FROM there_is_none",
            r"sending the form of /rooms/\d+/edit \(50\d\) failed:\n.*no such table",
        ),
        (
            "AFTER INSERT ON inspection BEGIN UPDATE inspection SET note = 'none' "
            "WHERE note IS NULL",
            r"NULL was written as note of inspection row \d+\.\nThe database holds 'none'\.",
        ),
        (
            "AFTER INSERT ON inspection BEGIN DELETE FROM inspection WHERE id = NEW.id - 2",
            r"inspection row \d+ was written, and it is not there",
        ),
        (
            "AFTER DELETE ON furniture WHEN OLD.id = 5 BEGIN INSERT INTO furniture "
            "(id, name, room_id) VALUES (OLD.id, OLD.name, OLD.room_id)",
            r"furniture row 5 was deleted, and it is there",
        ),
    ],
)
def test_what_is_otherwise_is_told(project: Project, trigger: str, told: str) -> None:
    """Which page, with what the database said; or what was written, and is not so there."""
    with pytest.raises(Refused, match=f"(?s)^In the last release, .*{told}"):
        use_last_release(with_trigger(project, trigger))


def test_what_was_refused_before_is_no_reason(project: Project) -> None:
    """What the database refuses of an earlier form, as it always did, is not told of a later."""
    twice = "AFTER DELETE ON furniture BEGIN DELETE FROM room WHERE id = (SELECT max(id) FROM room)"
    with pytest.raises(Refused, match=r"HTTP status 404; it should be \d+\.(\n  [a-z_]+: .*)*$"):
        use_last_release(with_trigger(project, twice))


def test_the_last_release_has_no_model_of_the_next(project: Project) -> None:
    """What exercise.toml names is as in the lesson's app, and all else as it was given."""
    files = last_release(EXERCISE).files
    assert files[MODELS] == EXERCISE.stage.app_files()[MODELS] != EXERCISE.given[MODELS]
    assert {**files, MODELS: b""} == {**EXERCISE.given, MODELS: b""}


def test_a_release_that_never_worked_is_the_course_s_fault(workspace: Workspace) -> None:
    """With models of the next release, no page opens before the upgrade: an author hears of it."""
    settings = msgspec.structs.replace(EXERCISE.standard, last_release=())
    ahead = msgspec.structs.replace(EXERCISE, standard=settings)
    project = Project(solution(ahead), workspace, "1").populated()
    with pytest.raises(CourseError, match="has to work before the upgrade, and /"):
        use_last_release(project)


def test_it_is_asked_of_those_alone_who_promise_it() -> None:
    """An exercise whose story renames a column in one step makes no such promise."""
    check = "test_the_last_release_still_works"
    asked = {e.slug for e in CATALOG.exercises.values() if check in standard.of_exercise(e)}
    assert "rehearse-on-a-copy" in asked
    assert "not-null-without-the-scan" in asked
    assert "rename-a-column" not in asked
