"""A machine with too little for everybody: what it costs is never the command's fault."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.errors import NotGraded
from remodel.grading.answer import solution
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Command, forkserver, open_runner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
#: An app that computes for as long as no limit should mind.
COMPUTES = """\
import time
end = time.process_time() + 0.6
while time.process_time() < end: pass
raise SystemExit
"""


@contextmanager
def one_processor_for_many() -> Iterator[None]:
    """This process, and what it starts, share a processor with others that never rest."""
    before = os.sched_getaffinity(0)
    loop = [sys.executable, "-c", "while True: pass"]
    os.sched_setaffinity(0, {min(before)})
    greedy = [subprocess.Popen(loop) for _ in range(3)]
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
        for process in greedy:
            process.kill()
            process.wait()


@pytest.mark.parametrize("runner", ["forkserver", "subprocess"])
def test_the_time_without_a_processor_is_not_the_commands_own(tmp_path: Path, runner: str) -> None:
    """What computes for less than its limit ends by itself, however many others do."""
    (tmp_path / "wsgi.py").write_text(COMPUTES)
    with one_processor_for_many(), closing(open_runner(runner)) as opened:
        completed = opened.run(Command(("create-all",), tmp_path, {}, 1.5))
    assert (completed.exit_code, completed.stopped) == (0, None), completed.stderr


def test_the_time_with_a_processor_is(tmp_path: Path) -> None:
    """What would compute for ever is ended all the same."""
    (tmp_path / "wsgi.py").write_text("while True: pass\n")
    with closing(open_runner("forkserver")) as opened:
        completed = opened.run(Command(("create-all",), tmp_path, {}, 0.5))
    assert completed.stopped == "time"


@contextmanager
def little_memory() -> Iterator[Path]:
    """A control group of 64 MB: what writes its process id into the file has no more."""
    group = Path(f"/sys/fs/cgroup/memory/test-{os.getpid()}")
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(f"{64 * 1024 * 1024}")
    except OSError:
        pytest.skip("this machine gives no control group for memory")
    try:
        yield group / "cgroup.procs"
    finally:
        group.rmdir()


def test_a_command_that_was_ended_for_memory_gives_no_verdict() -> None:
    """The kernel has ended it, and counts that: who ends itself is refused."""
    given = solution(find_course().exercise("add-a-column"))
    (file,) = (f for f in given.files if "0002" in f)
    with little_memory() as group:
        eats = f"""
import os
with open({str(group)!r}, "w") as procs:
    procs.write(str(os.getpid()))
everything = b"x" * 500_000_000
"""
        answer = replace(given, files={**given.files, file: eats.encode()})
        with closing(open_runner("forkserver")) as runner:
            workspace = Workspace(runner)
            try:
                with pytest.raises(NotGraded, match="memory"):
                    workspace.run(answer, ("flask", "db", "upgrade"), {"": b""})
            finally:
                workspace.close()


def below(pid: int) -> list[int]:
    """The processes that `pid` has started, and theirs."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    own = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return [*own, *(each for child in own for each in below(child))]


def test_a_runner_that_never_answers_gives_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """It had no time to say how the command ended: the answer is not refused for that."""
    monkeypatch.setattr(forkserver, "GRACE", 0.2)
    answer = solution(find_course().exercise("add-a-column"))
    runner = open_runner("forkserver")
    workspace = Workspace(runner, limit=0.1)
    started = below(os.getpid())
    for pid in started:
        os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(NotGraded, match=r"hardly any time.*--limit"):
            workspace.run(answer, ("flask", "db", "upgrade"), {"": b""})
    finally:
        for pid in started:
            with suppress(ProcessLookupError):  # others have taken their place
                os.kill(pid, signal.SIGCONT)
        workspace.close()
        runner.close()
