"""The runner for every platform: a fresh interpreter for each command."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from typing import IO

from remodel.runner.interface import FLOOD, Command, Completed, KeptOutput


class SubprocessRunner:
    """Pays a whole interpreter start for each command (about half a second)."""

    name = "subprocess"
    parallel = True

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()

    def run(self, command: Command) -> Completed:
        """Run `python -I` in a process group of its own, and end the group afterwards."""
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "remodel.runner.worker", *command.argv],
            cwd=command.folder,
            env=_environment(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",
        )
        self._running.add(process)
        flooded = threading.Event()
        streams = [_Reader(process, stream, flooded) for stream in (process.stdout, process.stderr)]
        code, stopped = self._wait(process, command.limit)
        _end_group(process)
        self._running.discard(process)
        for stream in streams:
            stream.join(timeout=1)  # a stray process may hold the pipe open; do not wait for it
        if flooded.is_set():
            code, stopped = None, "output"
        out, err = (stream.kept.text() for stream in streams)
        return Completed(code, out, err, time.monotonic() - began, stopped)

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
        """End what another thread may have begun."""
        for process in list(self._running):
            _end_group(process)


class _Reader(threading.Thread):
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


def _environment(command: Command) -> dict[str, str]:
    # SYSTEMROOT: without it, Windows cannot load its socket and random libraries.
    passed = {k: os.environ[k] for k in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if k in os.environ}
    return {**passed, "LANG": "C.UTF-8", **command.env}


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
