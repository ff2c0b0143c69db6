"""Reads a database that a learner's code left in a process of its own, with limits, to try it.

A small file can hold what takes all memory to read: a generated column of blobs, say. What the
process has read to the end, the grader reads, too; of anything else it takes nothing.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading

from remodel.database import sqlite
from remodel.database.reflection import read_schema
from remodel.errors import NotGraded

#: What one database may take: bytes of memory for the process, and seconds of a processor.
MEMORY = 1024 * 1024 * 1024
SECONDS = 20
#: How long an answer is waited for, in seconds: a process may be stopped, or know no limits.
_LONGEST = 120
_SIZE = 8
_READ, _BEYOND = b"y", b"n"


class TrialReader:
    """Starts its process when it is first asked; close it when done."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, content: bytes) -> bytes:
        """`content`, or what says that it cannot be read within the limits.

        Raises NotGraded where the process was ended from outside, and once more.
        """
        for _ in range(2):
            with self._lock:
                answer = self._ask(content)
                ended = None if answer == _READ else self._end()
            if answer == _READ:
                return content
            if answer == _BEYOND or ended != -getattr(signal, "SIGKILL", 9):
                return sqlite.BEYOND_LIMITS
        raise NotGraded("Something on this machine ends the process that reads databases.")

    def _ask(self, content: bytes) -> bytes:
        """What the process answers; nothing where it ended before."""
        process = self._process = self._process or self._start()
        assert process.stdin and process.stdout
        watch = threading.Timer(_LONGEST, process.kill)
        watch.daemon = True
        with contextlib.suppress(RuntimeError):  # this machine starts no more threads
            watch.start()
        try:
            process.stdin.write(len(content).to_bytes(_SIZE) + content)
            process.stdin.flush()
            return process.stdout.read(1)
        except (BrokenPipeError, ConnectionResetError):
            return b""
        finally:
            watch.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", __name__, str(self._seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _end(self) -> int | None:
        process, self._process = self._process, None
        if not process:
            return None
        with contextlib.suppress(OSError), process:  # closes both pipes, which ends it
            pass
        return process.returncode

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()


def main() -> None:
    """Read databases from stdin, each after its size; answer with one byte, and end after a no.

    What comes after it would have less memory.
    """
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    sqlite.USUAL_BYTES = -1  # nothing is read twice here
    answer = _READ
    while answer == _READ and (size := source.read(_SIZE)):
        _limit(int(sys.argv[1]))
        answer = _READ if is_read(source.read(int.from_bytes(size))) else _BEYOND
        answers.write(answer)
        answers.flush()


def is_read(content: bytes) -> bool:
    """Whether all that a grader reads of `content` fits in memory; other errors are its own."""
    try:
        for table in read_schema.__wrapped__(content, "").tables:
            sqlite.read_rows(content, table)
        sqlite.orphans(content)
        sqlite.damage(content)
    except sqlite.UnreadableDatabase as error:
        return not isinstance(error.__cause__, MemoryError)
    except MemoryError:
        return False
    return True


def _limit(seconds: int) -> None:
    """Limit this process, where the system can: `seconds` from now on."""
    with contextlib.suppress(ImportError):
        import resource

        used = int(sum(os.times()[:2]))
        for kind, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, used + seconds),
        ):
            with contextlib.suppress(ValueError, OSError):  # the machine allows less already
                resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    main()
