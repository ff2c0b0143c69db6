"""What a runner takes and gives back."""

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from remodel.runner.error_lines import error_lines

#: The most of each output stream that is kept, in bytes.
KEPT = 64 * 1024
#: The seconds that a command may take, unless somebody says otherwise.
LIMIT = 10.0
#: The most that somebody may give it, a day: more is more than a system call takes.
LONGEST = 24 * 60 * 60.0
#: The bytes of a message that asks for a command.
LARGEST_REQUEST = 256 * 1024
#: A command that prints more than this, in bytes, is stopped.
FLOOD = 8 * 1024 * 1024
#: How the runner ended a command, in words, by why it did.
ENDINGS = {
    "time": "did not end within its time limit and was stopped.",
    "output": "printed more than 8 MB and was stopped.",
}
#: The exit code of a command that ended by a failure that was injected, and not before it.
INJECTED = 86


def libraries() -> dict[str, str]:
    """Where this Python looks for shared libraries; another process of it has to look there too."""
    name = "LD_LIBRARY_PATH"
    return {name: os.environ[name]} if name in os.environ else {}


@dataclass(frozen=True)
class Command:
    """One command to run in a scratch copy: `argv` is what worker.perform understands.

    `alone` asks for a runner that no other command shares: what ends that was this one. `owner`
    says whose code it runs: commands of one owner may share a process where starting one is dear.
    `keeps_nothing`: one of them could tell the next one nothing there.
    """

    argv: tuple[str, ...]
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    limit: float = LIMIT
    alone: bool = False
    owner: str = ""
    keeps_nothing: bool = False


@dataclass(frozen=True)
class Completed:
    """How a command ended. `exit_code` is None where it was ended by the runner or crashed it.

    `stopped` says why the runner ended it ("time" or "output"), or that it was "killed" with its
    runner, by itself or by what ran beside it, or "starved": the machine gave it no process, or
    hardly any time, which says nothing about the command. `seconds` is wall-clock time.
    `goes_on` is whether a process that it started went on after its end, and `wrote` a place that
    its code wrote to outside of its folders: both where that can be seen.
    """

    exit_code: int | None
    stdout: str
    stderr: str
    seconds: float
    stopped: str | None = None
    goes_on: bool = False
    wrote: str = ""

    @property
    def ok(self) -> bool:
        """Whether the command ended by itself with exit code 0 (which proves nothing)."""
        return self.exit_code == 0

    @property
    def cut_short(self) -> str:
        """In words, how it was ended; "" where it ended by itself."""
        if self.stopped in ENDINGS:
            return ENDINGS[self.stopped]
        killed = self.exit_code is None or self.exit_code < 0
        return "crashed: its process was killed." if killed else ""

    @property
    def error_lines(self) -> list[str]:
        """What went wrong: the lines of stderr that say it, where the command ended by itself."""
        return [f"It {self.cut_short}"] if self.cut_short else error_lines(self.stderr)

    @property
    def error_line(self) -> str:
        """The first of `error_lines`."""
        return self.error_lines[0]

    def without(self, text: str, instead: str) -> "Completed":
        """The same with `instead` wherever its output says `text`."""
        out, err = (stream.replace(text, instead) for stream in (self.stdout, self.stderr))
        return dataclasses.replace(self, stdout=out, stderr=err)


class Runner(Protocol):
    """Runs commands and leaves nothing behind."""

    name: str
    #: How many threads may usefully wait for a command each at the same time.
    at_once: int

    def run(self, command: Command) -> Completed:
        """Run to the end, or to the limit; never raises for what the learner's code does."""
        ...

    def close(self) -> None:
        """End every process of this runner."""
        ...


class KeptOutput:
    """Collects one stream: the first half and the last half of what is kept, and the size."""

    def __init__(self) -> None:
        self.size = 0
        self._first = bytearray()
        self._last = bytearray()

    def add(self, data: bytes) -> None:
        """Take in more of the stream."""
        self.size += len(data)
        room = KEPT // 2 - len(self._first)
        self._first += data[:room]
        self._last = (self._last + data[room:])[-KEPT // 2 :]

    def text(self) -> str:
        """What was kept, as text; a line says how much is left out."""
        left_out = self.size - len(self._first) - len(self._last)
        gap = f"\n[... {left_out} bytes left out ...]\n".encode() if left_out else b""
        return (bytes(self._first) + gap + bytes(self._last)).decode("utf-8", errors="replace")
