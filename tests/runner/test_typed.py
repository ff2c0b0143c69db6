"""A command as somebody types it, and what may still be under way when it has ended."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from remodel.runner import Command, Completed, open_runner

RUNNERS = ("forkserver", "subprocess")


def completed(runner: str, folder: Path, *argv: str) -> Completed:
    """How `argv` ended under `runner`."""
    with closing(open_runner(runner)) as opened:
        return opened.run(Command(argv, folder, {"PATH": "/usr/bin:/bin"}, 20))


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_typed_command_finds_a_terminal_and_a_shell(runner: str, tmp_path: Path) -> None:
    """Its streams are a terminal, and the process above it is the shell that was typed in."""
    look = (
        "import os\n"
        "print([os.isatty(n) for n in range(3)])\n"
        "print(open(f'/proc/{os.getppid()}/comm').read())"
    )
    ended = completed(runner, tmp_path, "typed", sys.executable, "-c", look)
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert ended.stderr.splitlines()[:2] == ["[True, True, True]", "sh"]


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize(("code", "exits"), [("raise SystemExit(7)", 7), ("pass", 0)])
def test_a_typed_command_ends_as_its_program_does(
    runner: str, code: str, exits: int, tmp_path: Path
) -> None:
    """The exit code is the program's own."""
    assert completed(runner, tmp_path, "typed", sys.executable, "-c", code).exit_code == exits


def test_what_holds_the_terminal_open_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A command has ended when its program has; that something goes on is told."""
    script = f"trap '' HUP; {sys.executable} -c 'import time; time.sleep(60)' & exit 3"
    ended = completed("forkserver", tmp_path, "typed", "sh", "-c", script)
    assert (ended.exit_code, ended.stopped, ended.goes_on) == (3, None, True)


def test_a_process_that_ends_with_its_command_does_not_go_on(tmp_path: Path) -> None:
    """It may need a moment to see that nobody is at the other end any more."""
    script = f"{sys.executable} -c 'import time; time.sleep(60)' & kill $!; exit 0"
    assert not completed("forkserver", tmp_path, "typed", "sh", "-c", script).goes_on
