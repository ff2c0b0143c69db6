"""What the screen of `remodel watch` holds: no terminal, no file and no grading is touched here."""

import textwrap
from dataclasses import dataclass

from remodel.cli.keyboard import CLOSED
from remodel.wrapping import cut

#: Key to what it asks for.
KEYS = {"r": "read", "h": "hint", "s": "show", "l": "list", "n": "next", "q": "quit"}
#: What ends it besides: Ctrl-C and Ctrl-D as letters, and a terminal that was closed.
_ENDS = ("\x03", "\x04", CLOSED)
MORE = " "
#: The last row is kept for what moves while a check is made.
_ROWS_KEPT = 1
_LEAST_ROOM = 3


@dataclass
class View:
    """What is shown of one exercise, and what a key means at the moment."""

    #: What is worked on, and where it lies.
    heading: str
    place: str
    passed: int
    total: int
    #: Whether the exercise that is shown passes.
    passes: bool = False
    #: The verdict, or what is to be done where there is none yet.
    verdict: tuple[str, ...] = ()
    #: What a key has put before it.
    aside: tuple[str, ...] = ()
    notice: str = ""
    #: The line of `aside` that has to be seen first; the page on which it is, is not known yet.
    _sought: int = 0
    _page: int = 0
    _pages: int = 1

    def press(self, key: str) -> str:
        """What `key` asks for; "" where the screen alone changes."""
        self.notice = ""
        if key == MORE and self._pages > 1:
            self._page = (self._page + 1) % self._pages
            return ""
        asked = "quit" if key in _ENDS else KEYS.get(key.lower(), "")
        if asked == "next" and not self.passes:
            self.notice = "This one does not pass yet."
            return ""
        if not asked:
            self.put_aside(())
        return asked

    def judge(self, lines: list[str], passes: bool) -> None:
        """Show a new verdict, and nothing else."""
        self.verdict, self.passes = tuple(lines), passes
        self.put_aside(())

    def put_aside(self, lines: tuple[str, ...], sought: int = 0) -> None:
        """Show `lines` instead of the verdict, those around number `sought` first.

        Until another key is pressed; no lines bring the verdict back.
        """
        self.aside, self.notice, self._sought, self._page = lines, "", sought, 0

    def lines(self, columns: int, rows: int) -> list[str]:
        """The whole screen but its last row; no line is wider than `columns`."""
        head = [cut(self.heading, columns), cut(self.place, columns), ""]
        room = max(rows - _ROWS_KEPT - len(head) - 3, _LEAST_ROOM)
        body = [part for line in self.aside or self.verdict for part in _fitted(line, columns)]
        pages = [body[first : first + room] for first in range(0, len(body), room)] or [[]]
        self._pages = len(pages)
        self._page = min(self._page + self._sought // room, self._pages - 1)
        self._sought = 0
        return [*head, *pages[self._page], "", self._bar(columns), self._keys(columns)]

    def _bar(self, columns: int) -> str:
        count = f" {self.passed} of {self.total}"
        width = min(columns, 80) - len(count) - 2
        done = round(width * self.passed / self.total) if self.total else 0
        return f"[{'#' * done}{'-' * (width - done)}]{count}"

    def _keys(self, columns: int) -> str:
        if self.notice:
            return cut(self.notice, columns)
        asked = [f"{key} {word}" for key, word in KEYS.items() if word != "next" or self.passes]
        more = [f"space {self._page + 1}/{self._pages}"] if self._pages > 1 else []
        return cut("  ".join([*asked, *more]), columns)


def _fitted(line: str, columns: int) -> list[str]:
    """`line` in parts that fit, at words; the later ones are indented as the first is."""
    if len(line) <= columns:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(line, columns, subsequent_indent=indent, break_on_hyphens=False)
