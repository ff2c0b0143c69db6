"""The runner for Linux: a warm parent process, and a fork for each command.

Commands that keep nothing may follow one another in the same fork.
"""

import contextlib
import dataclasses
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time

from remodel.runner.interface import (
    FLOOD,
    LARGEST_REQUEST,
    Command,
    Completed,
    KeptOutput,
    libraries,
)
from remodel.runner.resident import TASKS
from remodel.runner.waiting import MOST, longer

#: How much longer than the command's own limit we wait for the zygote's report, in seconds.
GRACE = 5.0


class ForkserverRunner:
    """Starts its zygote at once, in the background, so that it warms while tests are collected."""

    name = "forkserver"
    at_once = 2

    def __init__(self) -> None:
        self._sending = threading.Lock()
        self._aside: list[ForkserverRunner] = []
        self._closed = False
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * LARGEST_REQUEST)
        self._zygote = subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "remodel.runner.zygote"],
            stdin=theirs.fileno(),
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", **libraries()},
            start_new_session=True,
        )
        theirs.close()

    def run(self, command: Command) -> Completed:
        """Run in a fork of the zygote; a zygote that was killed is replaced for the next."""
        if self._closed:
            return Completed(None, "", "", 0.0, "killed")
        if command.alone:
            return self._run_aside(dataclasses.replace(command, alone=False, keeps_nothing=False))
        (out, out_w), (err, err_w), (status, status_w), (line, line_w) = (
            os.pipe() for _ in range(4)
        )
        ours, theirs = [out, err, status, line_w], [out_w, err_w, status_w, line]
        began = time.monotonic()
        try:
            self._send(command, theirs)
            for descriptor in theirs:
                os.close(descriptor)
            theirs = []
            return self._collect(command, began, out, err, status, line_w)
        finally:
            for descriptor in ours + theirs:
                with contextlib.suppress(OSError):
                    os.close(descriptor)

    def _run_aside(self, command: Command) -> Completed:
        """Run in a zygote that this command has to itself."""
        own = ForkserverRunner()
        self._aside.append(own)
        try:
            if self._closed:  # while it was made
                own.close()
            return own.run(command)
        finally:
            self._aside.remove(own)
            own.close()

    def _send(self, command: Command, descriptors: list[int]) -> None:
        stays = command.keeps_nothing and command.argv[0] in TASKS
        request = json.dumps(
            {
                "resident": command.owner if stays else "",
                "argv": command.argv,
                "cwd": str(command.folder),
                "env": dict(command.env),
                "limit": command.limit,
            }
        ).encode()
        with self._sending:
            try:
                socket.send_fds(self._control, [request], descriptors)
            except (BrokenPipeError, ConnectionResetError):
                self._end_zygote()
                self._start()
                socket.send_fds(self._control, [request], descriptors)

    def _collect(
        self, command: Command, began: float, out: int, err: int, status: int, lifeline: int
    ) -> Completed:
        kept = {out: KeptOutput(), err: KeptOutput(), status: KeptOutput()}
        with selectors.DefaultSelector() as selector:
            for descriptor in kept:
                selector.register(descriptor, selectors.EVENT_READ)
            flooded = False
            while status in selector.get_map():
                left = longer(command.limit, MOST * command.limit) + GRACE
                left -= time.monotonic() - began
                for key, _ in selector.select(max(left, 0)):
                    data = os.read(key.fd, 256 * 1024)
                    if data:
                        kept[key.fd].add(data)
                    else:
                        selector.unregister(key.fd)
                if not flooded and max(kept[out].size, kept[err].size) > FLOOD:
                    flooded = True
                    os.write(lifeline, b"x")  # tells the zygote to end the command
                if left <= 0:
                    break
            self._drain(selector, kept)
            silent = status in selector.get_map()
        if silent:  # whatever comes next would wait as long
            self._replace_zygote()
        return self._completed(began, kept[out], kept[err], kept[status], silent)

    @staticmethod
    def _drain(selector: selectors.BaseSelector, kept: dict[int, KeptOutput]) -> None:
        while ready := selector.select(0):
            for key, _ in ready:
                data = os.read(key.fd, 256 * 1024)
                kept[key.fd].add(data)
                if not data:
                    selector.unregister(key.fd)

    @staticmethod
    def _completed(
        began: float, out: KeptOutput, err: KeptOutput, status: KeptOutput, silent: bool
    ) -> Completed:
        try:
            report = json.loads(status.text())
        except ValueError:  # the zygote itself was killed, or it had no time to report
            stopped = "starved" if silent else "killed"
            report = {"exit_code": None, "stopped": stopped, "seconds": time.monotonic() - began}
        return Completed(
            report["exit_code"],
            out.text(),
            err.text(),
            report["seconds"],
            report["stopped"],
            report.get("goes_on", False),
            report.get("wrote", ""),
        )

    def _replace_zygote(self) -> None:
        with self._sending:
            if not self._closed:
                self._end_zygote()
                self._start()

    def close(self) -> None:
        """End the zygote and all that it started; nothing runs here any more."""
        self._closed = True
        for own in self._aside[:]:
            own.close()
        self._end_zygote()

    def _end_zygote(self) -> None:
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._zygote.pid, signal.SIGCONT)  # a command may have stopped them
        try:
            self._zygote.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            # Both of them, for a stopped keeper has not ended its zygote.
            os.killpg(self._zygote.pid, signal.SIGKILL)
            self._zygote.wait()
