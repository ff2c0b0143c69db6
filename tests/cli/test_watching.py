"""`remodel watch`: in a real terminal, in a pipe, and what its screen and keys mean."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from remodel.cli.watch_view import View
from remodel.cli.watching import can_change
from remodel.course.catalog import find_course
from tests.conftest import BIN, Remodel

FIRST = "first-model"
FIRST_SOLUTION = Path("solutions/01-flask-and-sqlalchemy/first-model/hearth")
CLEARED = "\x1b[2J\x1b[1;1H"
#: How many exercises the course has.
ALL = len(find_course().exercises)


# -- a terminal ---------------------------------------------------------------------------------


@dataclass
class Screen:
    """A terminal in which one command runs; what it shows is waited for, with a deadline."""

    process: "subprocess.Popen[bytes]"
    terminal: int
    shown: str = ""

    def press(self, keys: str) -> None:
        """Type `keys`."""
        os.write(self.terminal, keys.encode())

    def wait_for(self, pattern: str, seconds: float = 60) -> str:
        """The screen since it was cleared last, as soon as `pattern` is on it."""
        until = time.monotonic() + seconds
        while not re.search(pattern, self.now(), re.DOTALL):
            left = until - time.monotonic()
            assert left > 0, f"{pattern!r} is not on the screen:\n{self.now()}"
            if select.select([self.terminal], [], [], left)[0]:
                self._read()
        return self.now()

    def now(self) -> str:
        """What is on the screen, without colours."""
        return re.sub(r"\x1b\[[\d;]*m", "", self.shown.rpartition(CLEARED)[2])

    def end(self) -> int:
        """The exit code, once the command has ended; what it said last is `shown`."""
        while select.select([self.terminal], [], [], 30)[0] and self._read():
            pass
        return self.process.wait(timeout=30)

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, as a shell needs it."""
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)

    def _read(self) -> bool:
        try:
            read = os.read(self.terminal, 65536)
        except OSError:  # the command has ended, and nobody holds the other side
            return False
        self.shown += read.decode(errors="replace")
        return bool(read)


@contextmanager
def terminal(remodel: Remodel, *words: str, columns: int = 80, rows: int = 24) -> Iterator[Screen]:
    """`remodel WORDS` in a terminal of that size."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environment = remodel.environment(TERM="xterm")
    del environment["COLUMNS"]
    process = subprocess.Popen(
        [BIN / "remodel", *words],
        cwd=remodel.course,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    try:
        yield Screen(process, ours)
    finally:
        process.kill()
        process.wait(timeout=30)
        os.close(ours)


def solve_first(remodel: Remodel) -> Path:
    """Do what the solution of first-model does; returns the folder."""
    folder = remodel.course / "playground" / FIRST
    shutil.copytree(remodel.course / FIRST_SOLUTION, folder / "hearth", dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_the_whole_loop_in_a_terminal(remodel: Remodel, columns: int, rows: int) -> None:
    """Begin, ask for a hint, pass, go on to the next exercise, leave: five keys and one save."""
    with terminal(remodel, "watch", columns=columns, rows=rows) as screen:
        first = screen.wait_for(r"lamps on record.*q quit.*Checking")
        assert f"0 of {ALL}" in first
        assert "n next" not in first
        screen.press("r")
        # Laid out, not as it stands in the file.
        assert "## Goal" not in screen.wait_for("Your first model.*Goal.*Why it matters.*q quit")
        screen.press("h")
        screen.wait_for("Hint 1 of 3.*q quit")
        screen.press("l")
        assert f"… {FIRST}" in screen.wait_for("constraints-that-hold .*q quit")
        screen.press("n")
        screen.wait_for("does not pass yet")
        solve_first(remodel)
        passed = screen.wait_for("✓ first-model: .*At stake: .*n next")
        assert f"You have passed 1 of {ALL}. Next: n for constraints-that-hold" in passed
        assert max(len(line) for line in passed.split("\r\n")) <= columns
        assert len(passed.split("\r\n")) <= rows
        screen.press("n")
        screen.wait_for("constraints-that-hold, .*refuses each of these.*q quit")
        screen.press("q")
        assert screen.end() == 1
        assert screen.echoes()
    assert (remodel.course / "playground" / "constraints-that-hold" / "hearth").is_dir()


def test_ctrl_c_leaves_the_terminal_as_it_was(remodel: Remodel) -> None:
    """In the middle of a check: exit code 130, one sentence, and what is typed shows again."""
    with terminal(remodel, "watch") as screen:
        screen.wait_for("q quit.*Checking")
        assert not screen.echoes()
        screen.press("\x03")
        assert screen.end() == 130
        assert "Stopped." in screen.now()
        assert "Traceback" not in screen.shown
        assert screen.echoes()


def test_a_folder_that_goes_away_ends_it_in_one_line(remodel: Remodel) -> None:
    """Exit code 2, and which folder."""
    with terminal(remodel, "watch") as screen:
        screen.wait_for("Checking.*\r +\r.*q quit|q quit.*Checking")
        screen.press("h")  # answered once the first check is made
        screen.wait_for("Hint 1 of 3")
        shutil.rmtree(remodel.course / "playground" / FIRST)
        assert screen.end() == 2
        assert "is gone, so there is nothing left to watch." in " ".join(screen.now().split())
        assert "Traceback" not in screen.shown


def test_what_cannot_be_graded_is_said_and_the_next_save_is_checked(remodel: Remodel) -> None:
    """A link in the place of a file ends nothing: the file is put there, and passes."""
    with terminal(remodel, "watch") as screen:
        screen.wait_for("q quit.*Checking")
        models = remodel.course / "playground" / FIRST / "hearth" / "models.py"
        models.unlink()
        models.symlink_to(remodel.course / FIRST_SOLUTION / "models.py")
        screen.wait_for(r"\? first-model: not graded\..*q quit")
        models.unlink()
        solve_first(remodel)
        screen.wait_for("✓ first-model: .*n next")
        screen.press("q")
        assert screen.end() == 0


# -- a pipe -------------------------------------------------------------------------------------


def test_in_a_pipe_each_verdict_follows_what_was_saved(learner: Remodel) -> None:
    """It refuses the starter and passes the saved answer; no screen is cleared; Ctrl-C ends it."""
    process = subprocess.Popen(
        [BIN / "remodel", "watch"],
        cwd=learner.begun,
        env=learner.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    lines = iter(process.stdout.readline, "")
    assert next(line for line in lines if "add-a-column: " in line)[0] == "✗"
    assert next(line for line in lines if "Watching" in line)
    learner.solve()
    heard = []
    for line in lines:
        heard.append(line)
        if line[0] == "✓":
            break
    assert re.search(r"^-- \d\d:\d\d:\d\d \S+\.py$", "".join(heard), re.MULTILINE)
    os.killpg(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert "Stopped." in rest
    assert "\x1b" not in "".join(heard) + rest
    assert process.returncode == 130


def test_the_courses_own_folder_is_not_watched(looking: Remodel) -> None:
    """Nobody works there, and nothing is begun by the way."""
    folder = looking.course / "exercises" / "05-history-and-versions" / "two-heads"
    told = looking("watch", cwd=folder)
    assert told.returncode == 2
    assert "the course's own copy of two-heads" in " ".join(told.stderr.split())
    assert not (looking.course / "playground" / FIRST).exists()


@pytest.mark.parametrize(
    ("file", "matters"),
    [
        ("hearth/models.py", True),
        ("migrations/versions/0002_x.py", True),
        ("migrations/versions/0001_baseline.py", True),
        ("instance/hearth.db", True),
        ("migrations/versions/.0002_x.py.swp", False),
        ("migrations/versions/.#0002_x.py", False),
        ("migrations/versions/__pycache__/0002_x.py", False),
        ("instance/hearth.db-journal", False),
        ("instance/before.db", False),
        ("hearth/models.py~", False),
        ("hearth/4913", False),
        ("notes.txt", False),
        (".remodel.json", False),
    ],
)
def test_only_what_can_change_the_verdict_is_checked_again(file: str, matters: bool) -> None:
    """Neither an editor's own files nor Python's, and no note that a learner writes."""
    exercise = find_course().exercise("add-a-column")
    assert can_change(exercise)(Path(file)) is matters


# -- the screen and its keys, without a terminal ------------------------------------------------


@pytest.fixture
def view() -> View:
    """An exercise that has just been begun."""
    shown = View('first-model, "Your first model"', "playground/first-model", 3, 28)
    shown.judge(["✗ no", "  a word " * 30, "  Next: remodel hint first-model"], False)
    return shown


@pytest.mark.parametrize(("columns", "rows"), [(200, 60), (80, 24), (60, 20), (40, 10), (20, 3)])
def test_the_screen_fits_whatever_is_on_it(view: View, columns: int, rows: int) -> None:
    """No line is too wide, a word is whole, and there is a row left for what moves."""
    view.put_aside(tuple(f"  line {number}, which is rather long" for number in range(60)))
    shown = view.lines(columns, rows)
    assert max(map(len, shown)) <= columns
    assert len(shown) < max(rows, 10)
    assert not any(line.endswith(" rathe") for line in shown)


def test_what_is_too_long_has_pages(view: View) -> None:
    """The space bar turns them, each line is on one of them, and after the last comes the first."""
    lines = tuple(f"line {number}." for number in range(60))
    view.put_aside(lines)
    first = view.lines(80, 24)
    assert "space 1/" in first[-1]
    seen = list(first)
    while view.press(" ") == "" and (page := view.lines(80, 24)) != first:
        seen += page
    assert [line for line in seen if line in lines] == list(lines)


def test_what_is_sought_is_on_the_first_page_that_is_shown(view: View) -> None:
    """A list opens where the learner is."""
    view.put_aside(tuple(f"line {number}." for number in range(60)), 40)
    assert "line 40." in view.lines(80, 24)
    view.press(" ")
    assert "line 40." not in view.lines(80, 24)


@pytest.mark.parametrize(
    ("key", "asked"),
    [("h", "hint"), ("S", "show"), ("l", "list"), ("q", "quit"), ("\x04", "quit"), ("", "quit")],
)
def test_a_key_asks_for_the_command_that_it_is_short_for(view: View, key: str, asked: str) -> None:
    """In capitals, too; a terminal that was closed asks to leave."""
    assert view.press(key) == asked


def test_n_goes_on_after_a_pass_alone(view: View) -> None:
    """Before it, the screen says so until the next key; after it, the key is named."""
    assert view.press("n") == ""
    assert "does not pass yet" in view.lines(80, 24)[-1]
    assert view.press("x") == ""
    assert "n next" not in view.lines(80, 24)[-1]
    view.judge(["✓ yes"], True)
    assert "n next" in view.lines(80, 24)[-1]
    assert view.press("n") == "next"


def test_any_other_key_and_a_new_verdict_bring_the_verdict_back(view: View) -> None:
    """What a key has shown is never mistaken for the verdict."""
    for bring_back in (lambda: view.press("\x1b"), lambda: view.judge(["✗ no"], False)):
        view.put_aside(("Hint 1 of 3",))
        assert "Hint 1 of 3" in view.lines(80, 24)
        bring_back()
        assert "Hint 1 of 3" not in view.lines(80, 24)
        assert "✗ no" in view.lines(80, 24)
