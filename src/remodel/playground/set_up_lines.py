"""Keeps back what Alembic says of itself at each command, for a fold in a notebook."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

SET_UP = re.compile(r"INFO  \[alembic\.runtime\.(plugins|migration\] (Context impl|Will assume))")
BEGINS = "INFO  [alembic.runtime."


class SetUpFold:
    """A stream that hands on all lines but those of the set-up; `show` gets these."""

    def __init__(self, stream: TextIO, show: Callable[[str], None]) -> None:
        self._stream, self._show = stream, show
        self._begun, self._kept = "", ""

    def write(self, text: str) -> int:
        """Hand on what is no set-up; of a line that may become one, wait for the rest."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._line(f"{line}\n")
        if not BEGINS.startswith(self._begun[: len(BEGINS)]):
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

    def _line(self, line: str) -> None:
        if SET_UP.match(line):
            self._kept += line
            return
        if self._kept:
            self._stream.flush()
            self._show(self._kept)
            self._kept = ""
        self._stream.write(line)


@contextmanager
def folded(stream: TextIO, show: Callable[[str], None]) -> Iterator[SetUpFold]:
    """What to write to instead of `stream`, until the block ends."""
    fold = SetUpFold(stream, show)
    try:
        yield fold
    finally:
        fold.finish()
