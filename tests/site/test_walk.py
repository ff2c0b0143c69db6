"""What a page says to type goes into the terminal and into the files, and nothing else does."""

from pathlib import Path

import pytest

from remodel.errors import CourseError
from remodel.site.walk.pieces import new_lines, put_in
from remodel.site.walk.terminal import Terminal, environment
from remodel.site.walk.walk import walked

MODELS = '''"""Tables."""

from sqlalchemy import String
from hearth.database import db

# Where furniture stands.
class Room(db.Model):
    name = String(80)


class Furniture(db.Model):
    pass
'''


def _walked(folder: Path, *lines: str) -> list[str]:
    """The page of these lines, typed in `folder`."""
    with Terminal(folder, environment(folder)) as terminal:
        return walked("\n".join(lines), terminal, folder).splitlines()


def test_what_appears_stands_under_its_command(tmp_path: Path) -> None:
    """One terminal keeps its folder from box to box; what stood there before goes."""
    page = ('```console title="Type"', "$ mkdir a && cd a", "$ pwd", "/old", "```", "Then:")
    again = ('```console title="Type"', "$ basename $PWD", "```")
    made = _walked(tmp_path, *page, *again)
    assert made[1:6] == ["$ mkdir a && cd a", "", "$ pwd", "a", "```"]
    assert made[-2:] == ["a", "```"]


def test_a_box_that_is_not_marked_is_left_alone(tmp_path: Path) -> None:
    """What is only shown is neither typed nor changed."""
    page = ['```console title="Shown"', "$ touch made", "```", "```console", "$ touch made", "```"]
    assert _walked(tmp_path, *page) == page
    assert not (tmp_path / "made").exists()


def test_a_program_that_asks_is_given_its_lines(tmp_path: Path) -> None:
    """Each answer stands under the line that it answers, behind its prompt."""
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "hearth.db").touch()
    page = ['```console title="Type"', "$ remodel sql", "sql> SELECT 1", "sql> SELECT 2", "```"]
    made = _walked(tmp_path, *page)
    assert made[1:-1] == ["$ remodel sql", "sql> SELECT 1", "1", "sql> SELECT 2", "2"]


def test_a_command_may_fail_only_where_the_page_shows_an_error(tmp_path: Path) -> None:
    """Or a command that fails from today on would be printed unread; the author writes 'Error'."""
    page = ['```console title="Type"', "$ cd /", "$ ls --nowhere", "a.txt", "```"]
    with pytest.raises(CourseError, match=r"Line 3: 'ls --nowhere' ended with exit code 2:\nls: "):
        _walked(tmp_path, *page)
    page[3] = "Error"
    assert _walked(tmp_path, *page)[4].startswith("ls: ")


def test_a_command_without_an_end_is_an_error(tmp_path: Path) -> None:
    """It says which one, and the shell is gone."""
    with (
        Terminal(tmp_path, environment(tmp_path), patience=0.2) as terminal,
        pytest.raises(CourseError, match="'tail -f /dev/null' did not end"),
    ):
        walked('```console title="Type"\n$ tail -f /dev/null\n```', terminal, tmp_path)


def test_new_lines_of_a_file_are_marked(tmp_path: Path) -> None:
    """Those that the file did not have; a file that is new has no marks."""
    (tmp_path / "models.py").write_text(MODELS)
    room = ("class Room(db.Model):", "    name = String(80)", "    colour = String(20)")
    made = _walked(tmp_path, '```python title="Type in models.py"', *room, "```")
    assert made[0] == '```python title="Type in models.py" hl_lines="3"'
    assert "colour" in (tmp_path / "models.py").read_text()
    assert new_lines("", "x = 1") == []


def test_a_marked_line_of_a_terminal_stays_marked_where_it_stands_now(tmp_path: Path) -> None:
    """The second of two like it is still the second; one that no longer appears is an error."""
    page = ["$ printf '1\\n2\\n1\\n'", "1", "1", "```"]
    made = _walked(tmp_path, '```console title="Type" hl_lines="3"', *page)
    assert made[0] == '```console title="Type" hl_lines="4"'
    with pytest.raises(CourseError, match="'3' is marked with hl_lines"):
        _walked(tmp_path, '```console title="Type" hl_lines="2"', "$ echo 4", "3", "```")


def test_a_statement_takes_the_place_of_its_name_and_a_new_one_stands_behind_the_one_above(
    tmp_path: Path,
) -> None:
    """Imports go by their module; what is not typed stays, comments too."""
    file = tmp_path / "models.py"
    file.write_text(MODELS)
    typed = (
        "from sqlalchemy import Date, String\nfrom sqlalchemy.orm import Mapped\n\n\n"
        "class Room(db.Model):\n    pass\n\n\nclass Inspection(db.Model):\n    pass\n"
    )
    put_in(file, typed)
    after = file.read_text()
    order = ["Date, String", "orm import Mapped", "hearth.database", "Room", "Inspection"]
    places = [after.index(each) for each in [*order, "class Furniture"]]
    assert places == sorted(places)
    assert "from sqlalchemy import String" not in after


def test_a_piece_without_a_place_is_an_error(tmp_path: Path) -> None:
    """Nobody would know where to type it."""
    file = tmp_path / "models.py"
    file.write_text(MODELS)
    with pytest.raises(CourseError, match="begin with a line that the file has"):
        put_in(file, "x = 1\n")
    assert file.read_text() == MODELS
