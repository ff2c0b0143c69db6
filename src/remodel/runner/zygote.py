"""The warm parent of the forkserver: has everything imported and forks once for each command.

Starting the interpreter and importing Flask-Migrate is 93 % of a `flask db` call; here it is
paid once. It is started by exec with a clean environment, so it holds nothing of the grader's.
Each command gets a supervisor that outlives it, ends its whole process tree, and only then
reports. (Linux only: pidfd, subreaper, /proc.)
"""

import atexit
import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import socket
import sys
import time

from remodel.runner.warm import warm_up
from remodel.runner.worker import perform

PR_SET_CHILD_SUBREAPER = 36
#: The largest file that a command may write, in bytes.
LARGEST_FILE = 64 * 1024 * 1024


def main() -> None:
    """Serve commands from the socket on standard input until the grader closes it."""
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's; it closes the socket
    _become_subreaper()
    warm_up()
    supervisors: set[int] = set()
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, 256 * 1024, 4)
        _reap(supervisors)
        if not message:
            break
        pid = os.fork()
        if pid == 0:
            control.close()
            _supervise(json.loads(message), *descriptors)
        supervisors.add(pid)
        for descriptor in descriptors:
            os.close(descriptor)
    _end_children()


def _become_subreaper() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _supervise(request: dict, out: int, err: int, status: int, lifeline: int) -> None:  # type: ignore[type-arg]
    """Run one command, end all that is left of it, and report on `status`. Never returns."""
    code: int | None = None
    stopped = None
    try:
        _become_subreaper()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            _run_command(request, out, err)
        os.close(out)
        os.close(err)
        watch = os.pidfd_open(child)
        ready, _, _ = select.select([watch, lifeline], [], [], request["limit"])
        seconds = time.monotonic() - began
        if watch in ready:
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            stopped = "output" if lifeline in ready else "time"
        _end_children()
        report = {"exit_code": code, "stopped": stopped, "seconds": seconds}
        os.write(status, json.dumps(report).encode())
    finally:
        os._exit(0)


def _run_command(request: dict, out: int, err: int) -> None:  # type: ignore[type-arg]
    """In the child: become the command. Never returns."""
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.closerange(3, 256)
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
        code = perform(request["argv"])
        atexit._run_exitfuncs()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(code)


def _end_children() -> None:
    """Kill every descendant: killing children hands us theirs, until there are none."""
    while True:
        for pid in _children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    with open(f"/proc/self/task/{os.getpid()}/children") as file:  # noqa: PTH123
        return [int(pid) for pid in file.read().split()]


def _reap(supervisors: set[int]) -> None:
    """Collect ended supervisors, and end what a killed one left to us."""
    while True:
        try:
            pid, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            break
        supervisors.discard(pid)
    for pid in set(_children()) - supervisors:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
