"""The runner for every platform: interpreters that were started ahead, one use each.

To start an interpreter and to import Flask-Migrate takes ten times as long as a command. So the
commands of one answer that wait at the same moment share a worker. What does not end there by
itself, and well, counts as killed: the workspace runs it again, alone and in a fresh copy.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future
from typing import IO, Any

from remodel.runner.ahead import READY
from remodel.runner.interface import FLOOD, INJECTED, Command, Completed, KeptOutput, libraries
from remodel.runner.waiting import is_starved, longer, waited_for_processor

#: How many workers wait for the commands that come next.
AHEAD = 2
#: How long a worker that is ready waits for more than the first command, in seconds.
GATHERING = 0.02
#: How many workers may end one after the other before one was ready, until a command is given up.
DEATHS = 3
#: How much longer than the command's own limit we wait for a report, in seconds.
GRACE = 5.0


class _Asked:
    """A command that somebody waits for."""

    def __init__(self, command: Command) -> None:
        self.command, self.completed = command, Future[Completed]()

    def shares_with(self, other: "_Asked") -> bool:
        """Whether both may be run in one process."""
        one, two = self.command, other.command
        return bool(one.owner) and one.owner == two.owner and not (one.alone or two.alone)


class SubprocessRunner:
    """Pays interpreter starts, most of them before the commands come."""

    name = "subprocess"
    at_once = 24

    def __init__(self) -> None:
        self._asked: list[_Asked] = []
        self._workers: set[subprocess.Popen[bytes]] = set()
        self._changed = threading.Condition()
        self._deaths = 0
        self._closed = False
        for _ in range(AHEAD):
            self._start()

    def run(self, command: Command) -> Completed:
        """Run in a process group of its own or of the same answer's, which is ended afterwards."""
        asked = _Asked(command)
        with self._changed:
            if self._closed:
                return _killed()
            self._asked.append(asked)
            self._changed.notify()
        return asked.completed.result()

    def close(self) -> None:
        """End the workers that wait, and what another thread may have begun."""
        with self._changed:
            self._closed = True
            workers, asked = list(self._workers), self._asked[:]
            self._asked.clear()
            self._changed.notify_all()
        for process in workers:
            _end_group(process)
        _complete(asked, _killed())

    # -- one worker ------------------------------------------------------------------------------

    def _start(self) -> None:
        with self._changed:
            if self._closed:
                return
            process = _worker()
            self._workers.add(process)
        threading.Thread(target=self._attend, args=(process,), daemon=True).start()

    def _attend(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until `process` is ready, give it what is asked for, and end it."""
        try:
            assert process.stdout is not None
            ready = process.stdout.readline() == READY
            with self._changed:
                self._deaths = 0 if ready else self._deaths + 1
                hopeless = self._deaths >= DEATHS
            taken = self._taken() if ready or hopeless else []
            self._start()
            if hopeless:
                _complete(taken, _starved())
            elif taken:
                self._serve(process, taken)
        finally:
            _end_group(process)
            _close_pipes(process)
            with self._changed:
                self._workers.discard(process)

    def _taken(self) -> list[_Asked]:
        """The first command that waits and those that may share its process; waits for it."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._asked)
            if not self._closed and self._asked[0].shares_with(self._asked[0]):
                self._changed.wait_for(lambda: self._closed, GATHERING)
            if self._closed or not self._asked:
                return []
            first = self._asked[0]
            taken = [x for x in self._asked if x is first or x.shares_with(first)]
            self._asked = [x for x in self._asked if x not in taken]
            return taken

    def _serve(self, process: subprocess.Popen[bytes], taken: list[_Asked]) -> None:
        request = json.dumps([_request(each.command) for each in taken]).encode() + b"\n"
        try:
            assert process.stdin is not None
            with process.stdin as worker:
                worker.write(request)
        except OSError:  # it may have been killed while it waited
            self._ask_again(taken)
        else:
            if len(taken) == 1:
                taken[0].completed.set_result(_run_alone(process, taken[0].command))
            else:
                # What has begun may have changed its copy: only the workspace makes another.
                _complete(_run_together(process, taken), _killed())

    def _ask_again(self, asked: list[_Asked]) -> None:
        """Put what no process has begun first in the row again."""
        with self._changed:
            if self._closed:
                _complete(asked, _killed())
                return
            self._asked[:0] = asked
            self._changed.notify_all()


def _complete(asked: list[_Asked], completed: Completed) -> None:
    for each in asked:
        each.completed.set_result(completed)


def _killed() -> Completed:
    return Completed(None, "", "", 0.0, "killed")


def _starved() -> Completed:
    return Completed(None, "", "", 0.0, "starved")


def _request(command: Command) -> dict[str, Any]:
    return {
        "argv": command.argv,
        "cwd": str(command.folder),
        "env": _environment(command),
        "limit": command.limit,
    }


def _run_alone(process: subprocess.Popen[bytes], command: Command) -> Completed:
    """How the command ends that `process` has become."""
    began = time.monotonic()
    flooded = threading.Event()
    streams = [
        _StreamReader(process, stream, flooded) for stream in (process.stdout, process.stderr)
    ]
    code, stopped = _wait(process, command.limit, began)
    _end_group(process)
    for stream in streams:
        stream.join(timeout=1)  # a stray process may hold the pipe open; do not wait for it
    if flooded.is_set():
        code, stopped = None, "output"
    out, err = (stream.kept.text() for stream in streams)
    return Completed(code, out, err, time.monotonic() - began, stopped)


def _wait(
    process: subprocess.Popen[bytes], limit: float, began: float
) -> tuple[int | None, str | None]:
    """The exit code of `process`, or why it is to be ended."""
    waited = 0.0
    while (left := began + longer(limit, waited) - time.monotonic()) > 0:
        try:
            return process.wait(timeout=left), None
        except subprocess.TimeoutExpired:
            waited = waited_for_processor(process.pid)
    return None, "starved" if is_starved(limit, waited) else "time"


def _run_together(process: subprocess.Popen[bytes], asked: list[_Asked]) -> list[_Asked]:
    """Complete what `process` reports as ended well; returns the others."""
    _StreamReader(process, process.stderr, threading.Event())
    reports = _LineReader(process.stdout)
    others, left = list[_Asked](), asked[:]
    while left:
        completed = reports.next(left[0].command.limit + GRACE)
        if completed is None:
            break
        if completed.exit_code in (0, INJECTED) or _hangs(process, left[0].command, completed):
            left.pop(0).completed.set_result(completed)
        else:
            others.append(left.pop(0))
    return others + left


def _hangs(process: subprocess.Popen[bytes], command: Command, completed: Completed) -> bool:
    """Whether its time was up, and the processors had time for it."""
    waited = waited_for_processor(process.pid)
    return completed.stopped == "time" and waited < command.limit / 10


def _worker() -> subprocess.Popen[bytes]:
    """A worker that waits. It starts in a folder that nobody will want to remove."""
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-m", "remodel.runner.ahead"],
        cwd=tempfile.gettempdir(),
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=os.name == "posix",
    )


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            with contextlib.suppress(OSError):  # what could not be written is written once more
                stream.close()


class _LineReader(threading.Thread):
    """Reads reports, so that nobody has to wait for them longer than for a command."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        super().__init__(daemon=True)
        assert stream is not None
        self._stream, self._lines = stream, queue.SimpleQueue[bytes]()
        self.start()

    def run(self) -> None:
        with contextlib.suppress(ValueError, OSError):  # closed by who does not wait any more
            for line in self._stream:
                self._lines.put(line)
        self._lines.put(b"")

    def next(self, limit: float) -> Completed | None:
        """The next report; None where there is none within `limit` seconds."""
        try:
            return Completed(**json.loads(self._lines.get(timeout=limit)))
        except (queue.Empty, ValueError, TypeError):
            return None


class _StreamReader(threading.Thread):
    def __init__(
        self, process: subprocess.Popen[bytes], stream: IO[bytes] | None, flooded: threading.Event
    ) -> None:
        super().__init__(daemon=True)
        self.kept, self._process, self._flooded = KeptOutput(), process, flooded
        assert stream is not None
        self._stream = stream
        self.start()

    def run(self) -> None:
        with self._stream:
            while data := os.read(self._stream.fileno(), 256 * 1024):
                self.kept.add(data)
                if self.kept.size > FLOOD and not self._flooded.is_set():
                    self._flooded.set()
                    _end_group(self._process)


def _environment(command: Command | None = None) -> dict[str, str]:
    """What a worker finds around it: for `command`, or while it waits."""
    # SYSTEMROOT: without it, Windows cannot load its socket and random libraries.
    passed = {k: os.environ[k] for k in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if k in os.environ}
    passed |= libraries()
    return {**passed, "LANG": "C.UTF-8", **(command.env if command else {})}


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
        )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)
