"""How long a process was ready to run and had no processor: that time is not the command's own.

On a machine with too little for everybody, a command may need a minute for the work of a second.
A time limit that counted the waiting would say that its code hangs.
"""

from pathlib import Path

#: The most that a time limit grows by waiting, in limits.
MOST = 3
#: What a limit may have left, in seconds, before a command is ended all the same.
_LITTLE = 0.05


def waited_for_processor(pid: int) -> float:
    """Seconds that `pid`, or what it started and waits for, could not run; 0 where none can say.

    Only Linux tells (https://docs.kernel.org/scheduler/sched-stats.html).
    """
    return max([_waited(pid), *map(waited_for_processor, _children(pid))])


def longer(limit: float, waited: float) -> float:
    """The seconds after which a command is ended that waited so long for a processor."""
    return limit + min(waited, MOST * limit)


def is_starved(limit: float, waited: float) -> bool:
    """Whether so much of the time was waiting that the rest says nothing."""
    return waited >= MOST * limit - _LITTLE


def _waited(pid: int) -> float:
    try:
        words = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()
        return int(words[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def _children(pid: int) -> list[int]:
    try:
        file = Path(f"/proc/{pid}/task/{pid}/children")
        return [int(child) for child in file.read_text(encoding="ascii").split()]
    except OSError:
        return []
