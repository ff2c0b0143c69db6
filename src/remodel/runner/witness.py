"""Stands in for the app that a release starts: keeps the database as it was at that moment.

Beside it stands how the app was started, in the table `started`: a row for each start, for each
argument after the first, and for whatever else is not as the release was given it. The first
argument says how to end: with that exit code; below 0, by that signal; or "stopped", where somebody
stops the release with SIGTERM.

Run by its path with the standard library alone, because the learner's release execs it.
"""

import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

#: The variable that says where to leave what is seen.
PLACE = "STARTED_DATABASE_URL"
#: What somebody says to the app on its standard input.
QUESTION = b"Is anybody there?\n"
#: What a program may be started deaf to.
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2")
#: How long somebody who stops the release waits for the app to end, in seconds.
PATIENCE = 3.0


def keep_what_is_given() -> None:
    """Write down what this process was given, for the witness to compare with what it gets.

    Something waits on the standard input: it is for the app, and not for whoever starts it.
    """
    reading, writing = os.pipe()
    os.write(writing, QUESTION)
    os.close(writing)
    os.dup2(reading, 0)
    os.close(reading)
    place = _path(PLACE)
    given = {**_surroundings(), "process": os.getpid()}
    with open(f"{place}.given", "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(given, file)


def _path(variable: str) -> str:
    return os.environ[variable].removeprefix("sqlite:///")


def _surroundings() -> dict[str, Any]:
    return {
        "environment": dict(os.environ),
        "folder": os.getcwd(),  # noqa: PTH109
        "streams": [_stream(number) for number in range(3)],
        "inherited": _inherited(),
    }


def _inherited() -> dict[str, Any]:
    """What a process gets from its parent besides, as far as this system has it."""
    kinds = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    ignored = [each for each in kinds if signal.getsignal(each) is signal.SIG_IGN]
    seen: dict[str, Any] = {"set of ignored signals": [*map(int, ignored)], "umask": os.umask(0)}
    os.umask(seen["umask"])  # there is no way to ask but to set it
    if hasattr(signal, "pthread_sigmask"):
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
        seen["set of blocked signals"] = sorted(map(int, blocked))
        clocks = signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF
        seen["alarm clock"] = any(signal.getitimer(clock)[0] > 0 for clock in clocks)
        seen["priority"] = os.getpriority(os.PRIO_PROCESS, 0)
    with suppress(ImportError):
        import resource

        names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
        limits = {name: [*resource.getrlimit(getattr(resource, name))] for name in names}
        seen["set of limits"] = limits
    return seen


def _stream(number: int) -> list[int]:
    """Which file or pipe a standard stream leads to, and whether who reads or writes there waits.

    Nothing where it is closed.
    """
    with suppress(OSError):
        seen = os.fstat(number)
        return [seen.st_dev, seen.st_ino, os.get_blocking(number)]
    return []


def main() -> int:
    """Copy the database that the app would open to the place that the grader looks at."""
    now, copy = _surroundings(), _path(PLACE)
    with open(f"{copy}.given", encoding="utf-8") as file:  # noqa: PTH123
        given = json.load(file)
    source = _path("DATABASE_URL")
    with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(copy)) as theirs:
        earlier = _earlier_starts(theirs)
        ours.backup(theirs)
        theirs.execute("CREATE TABLE started (kind, text, given)")
        seen = [*earlier, ("start", None, None), *_seen(given, now)]
        theirs.executemany("INSERT INTO started VALUES (?, ?, ?)", seen)
        theirs.commit()
        if sys.argv[1] == "stopped" and _stopped(given["process"]):
            theirs.execute("INSERT INTO started VALUES ('stop', NULL, NULL)")
            theirs.commit()
    return _ended(sys.argv[1])


def _earlier_starts(copy: sqlite3.Connection) -> list[tuple[str, None, None]]:
    with suppress(sqlite3.Error):
        return copy.execute("SELECT * FROM started WHERE kind = 'start'").fetchall()
    return []


def _seen(given: dict[str, Any], now: dict[str, Any]) -> Iterator[tuple[str, str | None, str]]:
    """Each argument; then what is other than the release was given it: what it is, and was."""
    yield from (("argument", each, "") for each in sys.argv[2:])
    for name, value in given["environment"].items():
        if now["environment"].get(name) != value:
            yield "variable", now["environment"].get(name), name
    for name, value in given["inherited"].items():
        if now["inherited"].get(name) != value:
            yield "inherited", str(now["inherited"].get(name)), name
    if now["folder"] != given["folder"]:
        yield "folder", now["folder"], given["folder"]
    for name, here, there in zip(
        ("input", "output", "error"), now["streams"], given["streams"], strict=True
    ):
        if here != there or (
            name == "input" and here and os.read(0, 2 * len(QUESTION)) != QUESTION
        ):
            yield "stream", "", name


def _stopped(release: int) -> bool:
    """Stop the process of the release; says whether that reaches this one."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_IGN:
        return False  # so it was started: an app that says nothing of it would go on
    came: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: came.append(number))
    os.kill(release, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while not came and time.monotonic() < until:
        time.sleep(0.005)
    return bool(came)


def _ended(how: str) -> int:
    with suppress(OSError, ValueError, AttributeError):  # its standard output may be closed
        print("The app is running.", flush=True)
    code = -signal.SIGTERM if how == "stopped" else int(how)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


if __name__ == "__main__":
    sys.exit(main())
