"""Workers that the subprocess runner starts ahead: one use each, and none is left over.

Commands of one answer that wait at the same moment share one; those of two answers never do.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from remodel.runner import Command, Completed, Runner, open_runner

#: An app that says in which process it is, what it was called with, and what it can read.
APP = """\
import os, sys
print(os.getpid(), sys.argv[1:], repr(sys.stdin.read()), os.environ.get("SAID"), os.getcwd())
raise SystemExit
"""
#: A grader that is killed as soon as its workers wait.
CRASH = """\
import os, signal
from pathlib import Path
from remodel.runner import open_runner
runner = open_runner("subprocess")
print(Path(f"/proc/self/task/{os.getpid()}/children").read_text(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def children() -> set[int]:
    """The processes that this one has started."""
    started = set[int]()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # that thread has ended since it was listed
            started |= set(map(int, (task / "children").read_text().split()))
    return started


@pytest.fixture
def runner() -> Iterator[Runner]:
    """A runner whose workers wait already."""
    with closing(open_runner("subprocess")) as opened:
        yield opened


def asked(runner: Runner, folder: Path) -> list[str]:
    """The words that APP prints."""
    (folder / "wsgi.py").write_text(APP)
    completed = runner.run(Command(("create-all",), folder, {"SAID": "only-here"}, 60))
    assert completed.exit_code == 0, completed.stderr
    return completed.stdout.split(maxsplit=4)


def test_every_command_finds_a_process_that_no_other_has_used(
    runner: Runner, tmp_path: Path
) -> None:
    """Three commands, three processes: more than there are waiting at the beginning."""
    assert len({asked(runner, tmp_path)[0] for _ in range(3)}) == 3


#: Apps that look for what another one left, and end as their folder's name says.
ENDINGS = """\
import builtins, os, signal, sys
print(os.getpid(), len(sys.argv), "left" in os.environ)
os.environ["left"] = "behind"
end = os.path.basename(os.getcwd())
if end == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if end == "alone" and hasattr(builtins, "left"):
    sys.exit("I share this process")
builtins.left = True
from flask import Flask
app = Flask(__name__)
"""


def at_the_same_moment(
    runner: Runner, folder: Path, owners: dict[str, str]
) -> dict[str, Completed]:
    """How one command in each folder below `folder` ends, by its name; they wait together."""

    def completed(name: str) -> Completed:
        (folder / name).mkdir()
        (folder / name / "wsgi.py").write_text(ENDINGS)
        return runner.run(Command(("mapped", ""), folder / name, {}, 60, owner=owners[name]))

    with ThreadPoolExecutor(len(owners)) as pool:
        return dict(zip(owners, pool.map(completed, owners), strict=True))


def test_commands_of_one_answer_share_a_process_and_nothing_else(
    runner: Runner, tmp_path: Path
) -> None:
    """Environment and arguments are each one's own; another answer's command runs elsewhere."""
    owners = {"a": "one", "b": "one", "c": "one", "d": "other"}
    ended = at_the_same_moment(runner, tmp_path, owners)
    pids = {name: each.stdout.split()[0] for name, each in ended.items()}
    assert {tuple(each.stdout.split()[1:3]) for each in ended.values()} == {("3", "False")}
    assert pids["d"] not in (pids["a"], pids["b"], pids["c"])
    assert len(set(pids.values())) < 4


def test_a_command_that_ends_badly_in_company_counts_as_killed(
    runner: Runner, tmp_path: Path
) -> None:
    """So it is run again in a fresh copy, and alone it ends as it does by itself."""
    owners = dict.fromkeys(("a", "killed", "alone", "b"), "one")
    ended = at_the_same_moment(runner, tmp_path, owners)
    for name in [name for name, each in ended.items() if each.stopped == "killed"]:
        (tmp_path / "again").mkdir(exist_ok=True)
        ended |= at_the_same_moment(runner, tmp_path / "again", {name: ""})
    codes = {name: each.exit_code for name, each in ended.items()}
    assert codes == {"a": 0, "killed": -signal.SIGKILL, "alone": 0, "b": 0}


def test_a_command_finds_what_a_fresh_interpreter_would_give_it(
    runner: Runner, tmp_path: Path
) -> None:
    """Its own arguments, folder and environment, and nothing to read."""
    _pid, argv, stdin, environment, folder = asked(runner, tmp_path)
    assert (argv, stdin, environment) == ("['create-all']", "''", "only-here")
    assert Path(folder.strip()).samefile(tmp_path)


def test_a_worker_that_was_killed_while_it_waited_is_replaced(tmp_path: Path) -> None:
    """A command may kill what it finds: the next one runs all the same."""
    before = children()
    with closing(open_runner("subprocess")) as runner:
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):  # the runner has waited for it already
                os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert int(asked(runner, tmp_path)[0]) not in before


def test_no_worker_is_left_when_the_runner_is_closed() -> None:
    """None had anything to do yet."""
    before = children()
    runner = open_runner("subprocess")
    assert len(children() - before) == 2
    runner.close()
    assert children() <= before


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="pidfd tells of an end; Linux has it")
def test_no_worker_outlives_a_grader_that_was_killed() -> None:
    """Nobody ends them: the end of what they wait for does."""
    grader = subprocess.Popen([sys.executable, "-c", CRASH], stdout=subprocess.PIPE, text=True)
    printed, _ = grader.communicate(timeout=60)
    assert grader.returncode == -signal.SIGKILL
    assert len(printed.split()) == 2
    for pid in map(int, printed.split()):
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        assert select.select([descriptor], [], [], 60)[0], f"{pid} still waits"
        os.close(descriptor)
