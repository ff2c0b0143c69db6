"""One interface, several runners: a command does and prints the same, wherever it runs."""

import os
import re
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from remodel.course.catalog import find_course
from remodel.runner import NAMES, Command, Completed, open_runner

LESSON = find_course().lesson("5").path
#: What is done, one command after the other, in one copy of lesson 5's app.
COMMANDS = [
    ("flask", "db", "heads"),
    ("flask", "db", "current"),
    ("flask", "db", "upgrade"),
    ("flask", "db", "current", "--verbose"),
    ("flask", "db", "history", "--indicate-current"),
    ("flask", "db", "show", "head"),
    ("flask", "db", "check"),
    ("flask", "db", "migrate", "-m", "Möbel", "--rev-id", "9999"),
    ("flask", "db", "downgrade"),
    ("flask", "db", "upgrade", "--sql"),
    ("flask", "db", "upgrade", "nowhere"),
    ("flask", "routes"),
    ("flask", "no-such-command"),
    ("in-turn", '[["db", "revision", "--rev-id", "99991"], ["db", "heads"], ["db", "downgrade"]]'),
]


def all_completed(runner: str, folder: Path, **kept: Any) -> dict[tuple[str, ...], Completed]:
    """How each of COMMANDS ended under `runner`."""
    app = shutil.copytree(LESSON, folder / "app", ignore=shutil.ignore_patterns("instance"))
    env = {"DATABASE_URL": f"sqlite:///{folder / 'hearth.db'}", "LANG": "C.UTF-8"}
    opened = open_runner(runner)
    try:
        return {argv: opened.run(Command(argv, app, env, 60, **kept)) for argv in COMMANDS}
    finally:
        opened.close()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Completed]:
    """What a fresh interpreter for each command does."""
    return all_completed("subprocess", tmp_path_factory.mktemp("x"))


@pytest.mark.parametrize("runner", [n for n in NAMES if n not in ("auto", "subprocess")])
def test_every_runner_returns_the_same_output(
    runner: str,
    expected: dict[tuple[str, ...], Completed],
    tmp_path_factory: pytest.TempPathFactory,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Exit code, stdout and stderr are those of a fresh interpreter; nothing reaches ours."""
    actual = all_completed(runner, tmp_path_factory.mktemp("x"))
    for argv, completed in actual.items():
        assert (argv, parts(completed)) == (argv, parts(expected[argv]))
    assert expected[("flask", "db", "current", "--verbose")].stdout
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="only there does a fork stay")
def test_commands_that_follow_one_another_in_a_fork_return_the_same(
    expected: dict[tuple[str, ...], Completed], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is imported, logged and remembered for one command is gone before the next."""
    folder = tmp_path_factory.mktemp("x")
    actual = all_completed("forkserver", folder, owner="a", keeps_nothing=True)
    for argv, completed in actual.items():
        assert (argv, parts(completed)) == (argv, parts(expected[argv]))


def parts(completed: Completed) -> tuple[int | None, str, str]:
    """What there is to compare, without the folder, which is another for each runner."""
    out, err = (
        re.sub(r"/\S+/x\d+/|Create Date: .*", "", text)
        for text in (completed.stdout, completed.stderr)
    )
    return completed.exit_code, out, err


LISTENER = """
import sqlalchemy as sa
from flask import Flask

@sa.event.listens_for(sa.Engine, "connect")
def refuse(connection, _):
    raise RuntimeError("heard")

app = Flask(__name__)
"""


def test_who_listens_to_every_engine_does_so_until_the_commands_end(tmp_path: Path) -> None:
    """Also where the command shares our process: our own engines, and the next app's, are ours."""
    (tmp_path / "wsgi.py").write_text(LISTENER)
    runner = open_runner("inline")
    assert runner.run(Command(("flask", "routes"), tmp_path, {"LANG": "C.UTF-8"}, 60)).ok
    engine = sa.create_engine("sqlite://", poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_the_next_command_has_a_temporary_folder_of_its_own(tmp_path: Path) -> None:
    """Also where the command shares our process, whose `tempfile` remembers the first one."""
    (tmp_path / "wsgi.py").write_text(
        "import tempfile\nfrom flask import Flask\n\ntempfile.mkstemp()\napp = Flask(__name__)\n"
    )
    runner, before = open_runner("inline"), tempfile.gettempdir()
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        env = {"LANG": "C.UTF-8", "TMPDIR": str(folder)}
        assert runner.run(Command(("flask", "routes"), tmp_path, env, 60)).ok
        assert len(list(folder.iterdir())) == 1
    assert tempfile.gettempdir() == before


REMEMBERS = """
from typing import Optional

import rooms.small
from flask import Flask

class Row(int):
    def __repr__(self):
        return "a row"

print(Optional[ROW], hasattr(rooms.small, "kept"))
rooms.small.kept = "a row"
app = Flask(__name__)
"""


def test_what_python_remembers_of_a_command_is_gone(tmp_path: Path) -> None:
    """Also a folder that is a package without `__init__.py`, and the types that were asked for."""
    (tmp_path / "rooms" / "small").mkdir(parents=True)
    runner = open_runner("inline")
    for row in ("Row(7654)", "7654.0"):
        (tmp_path / "wsgi.py").write_text(REMEMBERS.replace("ROW", row))
        completed = runner.run(Command(("flask", "routes"), tmp_path, {"LANG": "C.UTF-8"}, 60))
        shown = completed.stdout.splitlines()[0]
        assert shown == f"typing.Optional[{row.replace('Row(7654)', 'a row')}] False"


FORKS = """
import os
from flask import Flask

child = os.fork()
if child == 0:
    try:
        os._exit(7)
    finally:
        print("went on")
print("the child ended with", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
app = Flask(__name__)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a fork")
@pytest.mark.parametrize("runner", ["forkserver", "inline"])
def test_a_process_that_a_command_forks_ends_where_it_says(runner: str, tmp_path: Path) -> None:
    """Also where the command has no process of its own, which it may not end."""
    (tmp_path / "wsgi.py").write_text(FORKS)
    command = Command(
        ("flask", "routes"), tmp_path, {"LANG": "C.UTF-8"}, 60, owner="a", keeps_nothing=True
    )
    with closing(open_runner(runner)) as opened:
        printed = opened.run(command).stdout
    assert printed.splitlines()[0] == "the child ended with 7"
