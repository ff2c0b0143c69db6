"""The warm parent of the forkserver: has everything imported and forks once for each command.

Starting the interpreter and importing Flask-Migrate is 93 % of a `flask db` call; here it is
paid once. It is started by exec with a clean environment, so it holds nothing of the grader's.
It waits for its commands itself, ends the whole process tree of each, and only then reports.
Above it sits a keeper, which imports nothing: should a command kill the zygote, the keeper ends
all that is left. (Linux only: pidfd, subreaper, /proc.)
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
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from remodel.runner.interface import LARGEST_REQUEST
from remodel.runner.resident import MOST, Resident, live
from remodel.runner.waiting import is_starved, longer, waited_for_processor
from remodel.runner.writes import WriteWatch

PR_SET_CHILD_SUBREAPER = 36
#: The largest file that a command may write, in bytes.
LARGEST_FILE = 64 * 1024 * 1024


#: How long a process may take to see that the command has ended that started it, in seconds.
LINGERING = 0.5
#: How long the zygote has to end by itself when the grader has gone, in milliseconds.
PATIENCE = 2000


@dataclass
class Running:
    """A command under way, and the descriptors that tell of it and are told of it."""

    pid: int
    ended: int
    status: int
    lifeline: int
    began: float
    limit: float
    writes: WriteWatch
    #: What it runs in, where that stays for the next.
    resident: Resident | None = None
    #: The seconds in which its process was ready to run and had no processor, before it.
    waited_before: float = 0.0
    #: And those since, as far as was asked.
    waited: float = 0.0

    @property
    def left(self) -> float:
        """How many seconds it still has."""
        return max(self.began + longer(self.limit, self.waited) - time.monotonic(), 0)

    def is_over(self) -> bool:
        """Whether its time is up, without the time in which others had the processors."""
        if not self.left:
            self.waited = waited_for_processor(self.pid) - self.waited_before
        return not self.left


def main() -> None:
    """Keep a zygote that serves the socket on standard input until the grader closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's; it closes the socket
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _become_subreaper()
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    zygote = os.fork()
    if zygote == 0:
        os.close(woken)
        os.close(waking)
        _serve(control)
        os._exit(0)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waking)
    _wait_for(zygote, control, woken)
    _end_children()


def _wait_for(zygote: int, control: socket.socket, woken: int) -> None:
    """Return when the zygote has ended; end it where a command has stopped it.

    A stopped one does not see that the grader has gone, and keeps it waiting while it has not.
    """
    poll = select.poll()
    poll.register(control, 0)  # the grader has closed its end
    poll.register(woken, select.POLLIN)
    patience = None
    while True:
        ready = poll.poll(patience)
        ended, status = os.waitpid(zygote, os.WNOHANG | os.WUNTRACED)
        if ended and not os.WIFSTOPPED(status):
            return
        if ended or not ready:
            os.kill(zygote, signal.SIGKILL)
        for descriptor, _event in ready:
            if descriptor == woken:
                os.read(woken, 4096)
            else:
                poll.unregister(control)
                patience = PATIENCE


def _become_subreaper() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _serve(control: socket.socket) -> None:
    from remodel.runner.warm import warm_up

    _become_subreaper()
    warm_up()
    commands: list[Running] = []
    idle: list[Resident] = []
    while True:
        watched: list[Any] = [
            control,
            *(f for each in commands for f in (each.ended, each.lifeline)),
        ]
        soonest = min((each.left for each in commands), default=None)
        ready, _, _ = select.select(watched, [], [], soonest)
        for each in commands[:]:
            if each.ended in ready or each.lifeline in ready or each.is_over():
                commands.remove(each)
                others = {other.pid for other in commands} | {other.pid for other in idle}
                idle += _finish(each, ready, others)
        if control in ready:
            message, descriptors, _flags, _address = socket.recv_fds(control, LARGEST_REQUEST, 4)
            if not message:
                break
            commands += _begin(message, idle, *descriptors)
    _end_children()


def _begin(
    message: bytes, idle: list[Resident], out: int, err: int, status: int, lifeline: int
) -> list[Running]:
    """Begin the command that `message` asks for; nothing where there can be no process for it."""
    request = json.loads(message)
    began, writes, resident = time.monotonic(), WriteWatch(), None
    try:
        if request["resident"]:
            resident = _resident_of(request["resident"], idle)
            pid, ended = resident.pid, resident.begin(message, out, err)
        else:
            pid = os.fork()
            if pid == 0:
                _run_command(request, out, err, writes)
            ended = os.pidfd_open(pid)
    except OSError:  # as many processes as there may be
        report = {"exit_code": None, "stopped": "starved", "seconds": 0.0}
        os.write(status, json.dumps(report).encode())
        for descriptor in (out, err, status, lifeline):
            os.close(descriptor)
        return []
    os.close(out)
    os.close(err)
    before = waited_for_processor(pid) if resident else 0.0
    limit = request["limit"]
    return [Running(pid, ended, status, lifeline, began, limit, writes, resident, before)]


def _resident_of(owner: str, idle: list[Resident]) -> Resident:
    """One that has nothing to do, and runs the code of `owner` alone."""
    for each in idle:
        if each.owner == owner:
            idle.remove(each)
            return each
    while len(idle) >= MOST:
        _end(idle.pop(0).pid)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * LARGEST_REQUEST)
    pid = os.fork()
    if pid == 0:
        _become_resident(theirs.detach())
    theirs.close()
    return Resident(owner, pid, ours)


def _become_resident(control: int) -> None:
    """In the child: wait for commands. Never returns."""
    os.setsid()
    _become_subreaper()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for stream in (1, 2):  # each command brings its own
        os.dup2(0, stream)
    os.dup2(control, 3)
    os.closerange(4, 256)
    _limit(leave_more=False)
    live(socket.socket(fileno=3))


def _finish(command: Running, ready: list[Any], others: set[int]) -> list[Resident]:
    """End what is left of `command`, and report on it: by itself, or why it was stopped.

    Gives its resident, where that waits for the next one now.
    """
    seconds = time.monotonic() - command.began
    code = stopped = None
    goes_on = False
    stays: list[Resident] = []
    if command.ended in ready:
        code = command.resident.exit_code() if command.resident else None
        if command.resident and code is not None:
            stays, others = [command.resident], {*others, command.pid}
        else:
            code = os.waitstatus_to_exitcode(os.waitpid(command.pid, 0)[1])
        goes_on = _go_on(_children() - others)
    else:
        starved = is_starved(command.limit, command.waited)
        stopped = "output" if command.lifeline in ready else "starved" if starved else "time"
    _end_children(others)
    report = {"exit_code": code, "stopped": stopped, "seconds": seconds, "goes_on": goes_on}
    report["wrote"] = command.writes.place()
    with contextlib.suppress(OSError):  # the grader may have gone
        os.write(command.status, json.dumps(report).encode())
    for descriptor in (command.ended, command.status, command.lifeline):
        os.close(descriptor)
    return stays


def _limit(leave_more: bool) -> None:
    """Have no core and no huge file written; a machine may allow less already.

    `leave_more`: a shell leaves a program more than it uses.
    """
    for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, LARGEST_FILE)):
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(kind, (most, hard if leave_more else most))


def _run_command(request: dict[str, Any], out: int, err: int, writes: WriteWatch) -> None:
    """In the child: become the command. Never returns."""
    from remodel.runner.worker import perform

    code = 1
    try:
        os.setsid()
        # Its orphans come to it while it lives, and only then to the zygote, which knows by that
        # that they belong to no command that still runs.
        _become_subreaper()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.closerange(3, 256)
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        typed = request["argv"][0] == "typed"
        _limit(leave_more=typed)
        if not typed:
            writes.begin(os.pardir)
        code = perform(request["argv"])
        _wait_for_threads()
        atexit._run_exitfuncs()
    except BaseException:  # an interpreter of its own would say so, too
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(code)


def _end_children(others: frozenset[int] | set[int] = frozenset()) -> None:
    """Kill every descendant but `others`: killing children hands us theirs, until none is left."""
    while strays := _children() - others:
        for pid in strays:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in strays:
            os.waitpid(pid, 0)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _wait_for_threads() -> None:
    """As an interpreter does before it ends: what they still do belongs to the command."""
    shut_down: Callable[[], None] = vars(threading)["_shutdown"]
    shut_down()


def _go_on(strays: set[int]) -> bool:
    """Whether one of `strays`, whose command has ended, does not end with it."""
    until = time.monotonic() + LINGERING
    for pid in strays:
        stray = os.pidfd_open(pid)  # there it is, be it a zombie, until we wait for it
        left = max(until - time.monotonic(), 0)
        ended = select.select([stray], [], [], left)[0]
        os.close(stray)
        if not ended:
            return True
    return False


def _children() -> set[int]:
    with open(f"/proc/self/task/{os.getpid()}/children") as file:  # noqa: PTH123
        return {int(pid) for pid in file.read().split()}


if __name__ == "__main__":
    main()
