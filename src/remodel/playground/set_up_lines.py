"""Keeps back what a command says of itself, for a fold in a notebook: set-up, and tracebacks."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from remodel.playground.traceback_lines import BEGINS as TRACEBACK

SET_UP = re.compile(r"INFO  \[alembic\.runtime\.(plugins|migration\] (Context impl|Will assume))")
BEGINS = "INFO  [alembic.runtime."
LOGGED = "INFO  ["


class SetUpFold:
    """A stream that hands on all lines but those of the set-up; `show` gets these.

    A traceback goes to `shorten`, and what that returns is handed on.
    """

    def __init__(
        self, stream: TextIO, show: Callable[[str], None], shorten: Callable[[str], str]
    ) -> None:
        self._stream, self._show, self._shorten = stream, show, shorten
        self._begun, self._kept, self._trace = "", "", ""

    def write(self, text: str) -> int:
        """Hand on what is no set-up; of a line that may become one, wait for the rest."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._line(f"{line}\n")
        if not self._trace and not _may_become_kept(self._begun):
            self._line(self._begun)
            self._begun = ""
        return len(text)

    def flush(self) -> None:
        """Have shown what was handed on."""
        self._stream.flush()

    def finish(self) -> None:
        """Hand on what is left, and show what is still kept."""
        self._line(self._begun)
        self._begun = ""
        self._end_traceback()

    def _line(self, line: str) -> None:
        if line.startswith(LOGGED):
            self._end_traceback()
        if SET_UP.match(line):
            self._kept += line
            return
        # Others may follow, of which it is the cause, so it ends with the command or its log.
        if self._trace or line.startswith(TRACEBACK):
            self._trace += line
            return
        self._show_kept()
        self._stream.write(line)

    def _show_kept(self) -> None:
        if self._kept:
            self._stream.flush()
            kept, self._kept = self._kept, ""
            self._show(kept)

    def _end_traceback(self) -> None:
        if self._trace:
            self._show_kept()
            self._stream.flush()
            trace, self._trace = self._trace, ""
            self._stream.write(self._shorten(trace))


def _may_become_kept(begun: str) -> bool:
    return any(each.startswith(begun[: len(each)]) for each in (BEGINS, TRACEBACK))


@contextmanager
def folded(
    stream: TextIO, show: Callable[[str], None], shorten: Callable[[str], str]
) -> Iterator[SetUpFold]:
    """What to write to instead of `stream`, until the block ends."""
    fold = SetUpFold(stream, show, shorten)
    try:
        yield fold
    finally:
        fold.finish()
