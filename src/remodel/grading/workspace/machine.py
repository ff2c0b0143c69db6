"""The faults of this machine, which say nothing about an answer: there is no verdict then."""

import contextlib
import errno
import math
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from remodel.errors import NotGraded
from remodel.runner import Completed

#: The bytes that have to be free where a command wrote: else a failure may be the disk's.
ROOM = 1024 * 1024
#: The bytes that a command's files may well need.
LARGEST = 4 * 1024 * 1024


@contextlib.contextmanager
def faults_of_this_machine() -> Iterator[None]:
    """Have what our own work on copies and processes fails of end the grading without a verdict."""
    try:
        yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            place = f". Make room in {tempfile.gettempdir()}, or name another folder with TMPDIR"
        raise NotGraded(
            f"This machine could not run the answer: {error.strerror or error}{place}. "
            "That says nothing about it."
        ) from error


def refuse_what_the_machine_did(
    argv: tuple[str, ...], completed: Completed, folder: Path, out_of_memory: bool
) -> None:
    """Raise NotGraded where the machine, and not the command, made it end as it did.

    `folder` is where it wrote, and `out_of_memory` is whether a process was ended for that.
    """
    if completed.ok:
        return
    called = f"`{' '.join(argv)}`" if argv[0] == "flask" else "A command"
    reason = ""
    if completed.stopped == "starved":
        reason = "it was given no process, or hardly any time. For more time: --limit 60"
    elif out_of_memory and was_killed(completed):
        reason = "the memory was used up. End other programs, and try again."
    elif (most := _largest_file()) < LARGEST:
        reason = f"no file may have more than {most} bytes here. See `ulimit -f`."
    elif shutil.disk_usage(folder).free < ROOM:
        reason = f"{folder.parent} is full. Make room there, or name another place with TMPDIR."
    if reason:
        raise NotGraded(
            f"{called} could not be run to its end on this machine, which says nothing about the "
            f"answer: {reason}"
        )


def _largest_file() -> float:
    """How many bytes a file may have that a command writes here."""
    try:
        import resource
    except ImportError:
        return math.inf
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return math.inf if most == resource.RLIM_INFINITY else most


def was_killed(completed: Completed) -> bool:
    """Whether something ended the process that its code could not have resisted."""
    killed = -getattr(signal, "SIGKILL", 9)
    return completed.stopped == "killed" or completed.exit_code == killed


def processes_ended_for_memory() -> int:
    """How many processes the kernel has ended since it started to have memory; 0 if none says."""
    try:
        lines = Path("/proc/vmstat").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)
