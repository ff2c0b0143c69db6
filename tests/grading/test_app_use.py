"""The app in use: what is typed into its forms, and what the database holds afterwards."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from remodel.course.catalog import find_course
from remodel.database.sqlite import run_script
from remodel.grading.answer import solution
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

MODELS = "hearth/models.py"


@pytest.fixture
def project() -> Iterator[Project]:
    """The solution of rename-a-column, migrated, with rows in it."""
    runner = open_runner("inline")
    answer = solution(find_course().exercise("rename-a-column"))
    yield Project(answer, Workspace(runner), "1").populated().upgrade()
    runner.close()


def with_model(project: Project, *edits: tuple[str, str]) -> Project:
    """The same databases, under an answer whose models say the second where they said the first."""
    content = project.answer.files[MODELS].decode()
    for old, new in edits:
        assert content.count(old) == 1
        content = content.replace(old, new)
    files = {**project.answer.files, MODELS: content.encode()}
    project.answer = replace(project.answer, files=files)
    return project


def before_inspections(code: str) -> tuple[str, str]:
    """The edit that puts `code` above the class Inspection."""
    return "class Inspection", f"{code}\n\n\nclass Inspection"


def test_the_solution_keeps_what_is_typed(project: Project) -> None:
    """The solution's app passes, and the databases keep what was typed into its forms."""
    before = project.rows("furniture", "label")
    assert "50%" in "".join(project.use_app().rows("furniture", "label"))
    assert len(before) < len(project.rows("furniture", "label"))


def test_another_value_is_told_with_the_row(project: Project) -> None:
    """A value that is not what was typed is shown beside what should be there."""
    listener = """@db.event.listens_for(Room, "before_insert")
def tidy(mapper, connection, room):
    room.name = room.name.lower()"""
    changed = with_model(project, before_inspections(listener))
    with pytest.raises(Refused, match=r"room row \d+ has another name than it should"):
        changed.use_app()


def test_a_row_that_nobody_asked_for_is_told(project: Project) -> None:
    """A row that the app writes on its own is told."""
    listener = """@db.event.listens_for(Room, "after_insert")
def look(mapper, connection, room):
    values = {"room_id": room.id, "done_on": date(2026, 1, 1)}
    connection.execute(Inspection.__table__.insert().values(values))"""
    changed = with_model(project, before_inspections(listener))
    with pytest.raises(Refused, match=r"(?s)inspection has .* Nobody asked for the others"):
        changed.use_app()


def test_a_row_that_is_not_saved_is_told(project: Project) -> None:
    """A row that was typed and is not there is told."""
    listener = """@db.event.listens_for(db.session, "before_flush")
def forget(session, context, instances):
    for new in list(session.new):
        if isinstance(new, Inspection):
            session.expunge(new)"""
    changed = with_model(project, before_inspections(listener))
    with pytest.raises(Refused, match=r"(?s)inspection has .* The others are gone, or were lost"):
        changed.use_app()


def test_a_page_that_fails_is_told_with_its_error(project: Project) -> None:
    """Where a form ends with an error, the app's own error says why."""
    listener = """@db.event.listens_for(Room, "before_delete")
def stay(mapper, connection, room):
    raise RuntimeError("nobody leaves")"""
    changed = with_model(project, before_inspections(listener))
    with pytest.raises(Refused, match=r"/delete \(500\) failed:\n.*nobody leaves"):
        changed.use_app()


def test_a_page_that_refuses_is_told_with_its_log(project: Project) -> None:
    """Where a form is refused that should be taken, the app's own log says why."""
    changed = with_model(project, ('cascade="all, delete-orphan",', ""))
    with pytest.raises(Refused, match=r"(?s)/delete .* 409; .*NOT NULL constraint failed"):
        changed.use_app()


def test_a_form_that_refuses_what_is_right_is_told(project: Project) -> None:
    """Where the database refuses what the solution's takes, the status says so."""
    solved = project.databases
    full = "CREATE TRIGGER no_more BEFORE INSERT ON room BEGIN SELECT RAISE(ABORT, 'full'); END;"
    project.databases = {"": run_script(solved[""], full)}
    with pytest.raises(Refused, match="HTTP status 422; it should be 302"):
        project.use_app(solved)
