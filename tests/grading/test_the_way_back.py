"""The way back with life in between: what a downgrade may not lean on."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import Answer, solution
from remodel.grading.project.project import Project
from remodel.grading.refusal import CommandFailed, Refused
from remodel.grading.standard import downgrade, life
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner

FILE = "migrations/versions/0002_furniture_has_a_colour.py"
UP, DOWN = "def upgrade():\n", "def downgrade():\n"


Try = Callable[..., Project]


@pytest.fixture(scope="module")
def tried() -> Iterator[Try]:
    """The solution of add-a-column with lines more at the beginning of its two functions."""
    exercise = find_course().exercise("add-a-column")
    given = solution(exercise)
    with closing(open_runner("auto")) as runner, closing(Workspace(runner)) as workspace:

        def project(up: str = "", down: str = "") -> Project:
            text = given.text(FILE).replace(UP, UP + up).replace(DOWN, DOWN + down)
            changed = (
                {FILE: f"import json, pathlib, subprocess, tempfile\n{text}".encode()}
                if up or down
                else {}
            )
            answer = Answer(exercise, "tried", {**given.files, **changed})
            return Project(answer, workspace, "1")

        yield project


#: Where a revision may write a file, as Python.
PLACES = {
    "the folder for temporary files": "pathlib.Path(tempfile.gettempdir()) / 'rows.json'",
    "the home": "pathlib.Path.home() / 'rows.json'",
    "the app": "pathlib.Path(__file__).with_name('rows.json')",
    "where the command runs": "pathlib.Path('rows.json')",
    "beside the database": "pathlib.Path(op.get_bind().engine.url.database).with_name('rows')",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_file_is_no_way_back(tried: Try, place: str) -> None:
    """Rows that the upgrade wrote to a file come back, and somebody had deleted them since."""
    store = f"({PLACES[place]})"
    names = "SELECT id, name, room_id FROM furniture"
    up = f"    rows = op.get_bind().exec_driver_sql('{names}')\n"
    up += f"    {store}.write_text(json.dumps([list(row) for row in rows]))\n"
    down = f"    for row in json.loads({store}.read_text()):\n"
    add = "INSERT OR IGNORE INTO furniture (id, name, room_id) VALUES (?, ?, ?)"
    down += f"        op.get_bind().exec_driver_sql('{add}', tuple(row))\n"
    with pytest.raises(
        Refused, match="was deleted after the upgrade, and the downgrade"
    ) as refused:
        life.test_what_was_written_since_survives_the_way_back(tried(up, down))
    assert refused.value.misconception == "a-copy-from-then-is-a-way-back"


def test_a_file_outside_of_the_app_is_refused_where_it_is_written(
    tried: Try, tmp_path: Path
) -> None:
    """Nobody has to find out what it is for: a migration keeps nothing on a machine."""
    up = f"    (pathlib.Path({str(tmp_path)!r}) / 'rows.json').write_text('[]')\n"
    with pytest.raises(Refused, match="writes outside of the app's folder"):
        tried(up).populated().upgrade()


def test_each_command_has_a_machine_to_itself_elsewhere(tried: Try) -> None:
    """A downgrade that needs the file of its upgrade fails on the machine of somebody else."""
    up, down = "    pathlib.Path('rows').touch()\n", "    pathlib.Path('rows').unlink()\n"
    with pytest.raises(CommandFailed, match="No such file or directory: 'rows'"):
        tried(up, down).populated().upgrade().downgrade()
    tried(up, down).populated().on_one_machine().upgrade().downgrade().upgrade()


def test_the_second_way_down_is_looked_at_too(tried: Try, tmp_path: Path) -> None:
    """A downgrade that keeps every row the first time and loses some the next is refused."""
    mark = f"pathlib.Path({str(tmp_path / 'been_here')!r})"
    down = f"    if {mark}.exists():\n"
    down += "        op.execute('DELETE FROM furniture WHERE id > 1000')\n"
    down += f"    subprocess.run(['touch', {mark}])  # what a program writes is not seen\n"
    project = tried(down=down)
    life.test_what_was_written_since_survives_the_way_back(project.copy())
    with pytest.raises(Refused, match="After the second downgrade, furniture row"):
        life.test_down_up_and_down_again_keeps_every_row(project.copy())


def test_a_second_upgrade_that_changes_a_value_is_refused(tried: Try, tmp_path: Path) -> None:
    """However often it is gone down and up, no row becomes another."""
    mark = f"pathlib.Path({str(tmp_path / 'been_here')!r})"
    up = f"    if {mark}.exists():\n"
    up += "        op.execute(\"UPDATE furniture SET name = 'x' WHERE id > 1000\")\n"
    up += f"    subprocess.run(['touch', {mark}])\n"
    with pytest.raises(Refused, match=r"after:  furniture\.name = 'x'") as refused:
        downgrade.test_down_and_up_again_ends_the_same(tried(up))
    assert refused.value.lines[0] == "Going down and up again changed something:"


def test_a_right_way_back_passes(tried: Try) -> None:
    """The solution itself is refused by none of these."""
    for check in (
        downgrade.test_each_step_down_restores_what_was_there,
        downgrade.test_down_and_up_again_ends_the_same,
        life.test_what_was_written_since_survives_the_way_back,
        life.test_down_up_and_down_again_keeps_every_row,
        life.test_what_is_written_between_two_revisions_stays,
        life.test_what_is_written_on_the_way_down_stays,
        life.test_one_step_down_spoils_nothing_that_stays,
    ):
        check(tried())


def test_a_refusal_to_go_back_leaves_everything(tried: Try) -> None:
    """A downgrade that raises first refuses; one that changes something before does not."""
    refuses = tried(down="    raise NotImplementedError('no way back')\n")
    refuses.populated().upgrade().must_refuse_to_go_back()
    spoils = tried(
        down="    op.execute('DELETE FROM furniture')\n    op.execute('CREATE TABLE x (y)')\n"
        "    op.get_bind().connection.commit()\n    raise NotImplementedError('no way back')\n",
    )
    with pytest.raises(Refused, match="there is a table x that should not be there"):
        spoils.populated().upgrade().must_refuse_to_go_back()
    goes = tried()
    with pytest.raises(Refused, match="ended with exit code 0, and the database is at 0001"):
        goes.populated().upgrade().must_refuse_to_go_back()
