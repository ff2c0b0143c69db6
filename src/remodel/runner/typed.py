"""A command as somebody types it: the program itself, started by a shell, in a terminal.

What else runs learner code here is quicker, and code can tell it from that. This has the program's
own process, and it ends as a process does.
"""

import contextlib
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Sequence

#: How long to wait for output until it is asked whether the shell has ended, in seconds.
PAUSE = 0.02


def run_typed(words: Sequence[str]) -> int:
    """Run `words` and return the exit code; what they print goes to standard error."""
    program = shutil.which(words[0]) or words[0]
    if os.name != "posix":
        return subprocess.call([program, *words[1:]], stdout=sys.stderr)
    import pty  # which Windows has not

    sys.stderr.flush()
    shell, terminal = pty.fork()
    if shell == 0:
        # With a second command in the script, no shell becomes the first.
        script = '"$@"\nexit $?'
        os.execv("/bin/sh", ["sh", "-c", script, "sh", program, *words[1:]])
    return _ended(shell, terminal)


def _ended(shell: int, terminal: int) -> int:
    """The exit code of `shell`, when it has ended: what it started may hold the terminal open."""
    while True:
        if select.select([terminal], [], [], PAUSE)[0]:
            data = b""
            with contextlib.suppress(OSError):  # the other end is closed
                data = os.read(terminal, 64 * 1024)
            sys.stderr.write(data.decode("utf-8", "replace").replace("\r\n", "\n"))
            if not data:
                return os.waitstatus_to_exitcode(os.waitpid(shell, 0)[1])
        else:
            ended, status = os.waitpid(shell, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
