"""A process that stays for several commands of one owner, whose code keeps nothing between them.

Half of what a command in a fork costs are pages that are copied, and caches that are cold. Here
that is paid once. Where code may keep something, each command has a fork of its own.
"""

import contextlib
import gc
import json
import os
import socket
import traceback
from pathlib import Path
from typing import Any, NoReturn

from remodel.runner.interface import LARGEST_REQUEST, Command

#: The tasks that a resident does: those that change nothing in their process but what it resets.
TASKS = (
    *("flask", "failing", "later", "detect"),
    *("create-all", "visit", "explore", "repeat", "mapped", "write"),
)
#: How many residents may wait for their owner's next command.
MOST = 2


class Resident:
    """The zygote's hold on one: it takes a command, and says how that ended."""

    def __init__(self, owner: str, pid: int, control: socket.socket) -> None:
        self.owner, self.pid, self._control = owner, pid, control

    def begin(self, message: bytes, out: int, err: int) -> int:
        """Have it run the command of `message`; gives what can be read when that has ended."""
        socket.send_fds(self._control, [message], [out, err])
        return os.dup(self._control.fileno())

    def exit_code(self) -> int | None:
        """That of the command that has ended; None where the resident ended with it."""
        with contextlib.suppress(OSError, ValueError):
            return int(self._control.recv(64))
        return None


def live(control: socket.socket) -> NoReturn:
    """Run what comes until nothing more does."""
    from remodel.runner.inline import print_to_current_stdout  # the grader does not need Alembic

    print_to_current_stdout()
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, LARGEST_REQUEST, 2)
        if not message:
            os._exit(0)
        code = _run(json.loads(message), *descriptors)
        gc.collect()  # with what is left of the app, its connections end
        gc.freeze()  # what is left all the same is not looked at again
        control.send(str(code).encode())


def _run(request: dict[str, Any], out: int, err: int) -> int:
    from remodel.runner.inline import own_process

    command = Command(tuple(request["argv"]), Path(request["cwd"]), request["env"])
    with (
        contextlib.suppress(OSError),  # the grader may have gone
        open(out, "w", encoding="utf-8") as stdout,
        open(err, "w", encoding="utf-8", errors="backslashreplace") as stderr,
        own_process(command, stdout, stderr),
    ):
        return _performed(command)
    return 1


def _performed(command: Command) -> int:
    from remodel.runner.inline import ExitCalled
    from remodel.runner.worker import perform

    try:
        return perform(command.argv)
    except ExitCalled as left:
        return left.code
    except BaseException:  # an interpreter of its own would say so, too
        traceback.print_exc()
        return 1
