"""The runner for every platform: an interpreter of its own for each command, started ahead."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import IO

from remodel.runner.interface import FLOOD, Command, Completed, KeptOutput

#: How many workers wait for the commands that come next: as many as there are threads that ask.
AHEAD = 2


class SubprocessRunner:
    """Pays a whole interpreter start for each command, most of it before the command comes."""

    name = "subprocess"
    parallel = True

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._waiting: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()
        self._closed = False
        self._start_ahead()

    def run(self, command: Command) -> Completed:
        """Run in a process group of its own, and end the group afterwards."""
        began = time.monotonic()
        process = self._given(command)
        if process is None:
            return Completed(None, "", "", 0.0, "killed")
        flooded = threading.Event()
        streams = [
            _StreamReader(process, stream, flooded) for stream in (process.stdout, process.stderr)
        ]
        code, stopped = self._wait(process, command.limit)
        _end_group(process)
        self._running.discard(process)
        for stream in streams:
            stream.join(timeout=1)  # a stray process may hold the pipe open; do not wait for it
        if flooded.is_set():
            code, stopped = None, "output"
        out, err = (stream.kept.text() for stream in streams)
        return Completed(code, out, err, time.monotonic() - began, stopped)

    def _given(self, command: Command) -> subprocess.Popen[bytes] | None:
        """A worker that has been given `command`; None where the runner is closed."""
        request = {"argv": command.argv, "cwd": str(command.folder), "env": _environment(command)}
        line = json.dumps(request).encode() + b"\n"
        while True:
            with self._lock:
                if self._closed:
                    return None
                process = self._waiting.pop(0)
                self._running.add(process)
            self._start_ahead()
            assert process.stdin is not None
            with contextlib.suppress(OSError), process.stdin as worker:  # it may have been killed
                worker.write(line)
                worker.flush()
                return process
            self._running.discard(process)
            _end_group(process)
            _close_pipes(process)

    def _start_ahead(self) -> None:
        with self._lock:
            while not self._closed and len(self._waiting) < AHEAD:
                self._waiting.append(_worker())

    @staticmethod
    def _wait(process: subprocess.Popen[bytes], limit: float) -> tuple[int | None, str | None]:
        try:
            return process.wait(timeout=limit), None
        except subprocess.TimeoutExpired:
            return None, "time"
        except BaseException:  # Ctrl-C: nothing may stay behind
            _end_group(process)
            raise

    def close(self) -> None:
        """End the workers that wait, and what another thread may have begun."""
        with self._lock:
            self._closed = True
            waiting, self._waiting = self._waiting, []
        for process in [*waiting, *self._running]:
            _end_group(process)
        for process in waiting:
            _close_pipes(process)


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
