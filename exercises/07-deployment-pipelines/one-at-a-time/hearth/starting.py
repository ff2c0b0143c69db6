"""Starts a worker in a process of its own, and hears what it says."""

import multiprocessing
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from hearth.worker import WAITS, WAITS_FOR_LONG, work

Started = tuple[BaseProcess, Connection]


def start(target=work, daemon: bool = True) -> Started:
    """A worker, and the line to it."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs,), daemon=daemon)
    process.start()
    theirs.close()
    return process, ours


def end(started: Started) -> None:
    """End a worker, wherever it is."""
    process, _ = started
    process.kill()
    process.join()


def heard(line: Connection, *passed_over: str) -> str:
    """What a worker says next."""
    word = line.recv()
    return heard(line, *passed_over) if word in passed_over else word


def newest(line: Connection, word: str) -> str:
    """The newest word of a worker that has said `word`: whoever waited may have ended since."""
    while word in (WAITS, WAITS_FOR_LONG) and line.poll():
        word = line.recv()
    return word


def let_go(line: Connection) -> None:
    """Let a worker go on. One that waited for another may find nothing to do, and end first."""
    with suppress(OSError):  # nobody is at the other end
        line.send("go")


def kill_a_worker(line: Connection) -> None:
    """Kill a worker in the middle of its upgrade, and never ask how it ended.

    So the system does not forget its number, and a process of that number is still there.
    """
    process, its = start()
    line.send(heard(its, WAITS))
    process.kill()
    try:
        its.recv()
    except EOFError:
        line.send("was killed")
    line.recv()  # until the crowd ends
