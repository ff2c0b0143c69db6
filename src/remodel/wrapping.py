"""Lines of a terminal: 80 columns, or as many as a narrower one has, for whatever is printed."""

import re
import shutil
import textwrap
import unicodedata
from typing import Protocol, Self

WIDTH = 80
#: A terminal that says it is narrower is not believed.
NARROWEST = 40


class Screen(Protocol):
    """Where words are shown: a text stream is one."""

    def isatty(self) -> bool:
        """Whether somebody may be looking."""
        ...

    def write(self, text: str, /) -> object:
        """Show `text`."""
        ...

    def flush(self) -> None:
        """Show it now."""
        ...


class PassingLine:
    """One line on a terminal that goes away again; nothing where nobody looks."""

    def __init__(self, screen: Screen) -> None:
        self._screen, self._shown = screen, ""

    def __enter__(self) -> Self:
        """It is clear again after the block, so that an error begins on a line of its own."""
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def show(self, line: str) -> None:
        """Show `line` instead of what was shown before."""
        line = cut(line, columns() - 1)
        if line != self._shown and self._screen.isatty():
            # Blanks, and no escape sequence: every terminal knows them.
            self._screen.write(f"\r{' ' * len(self._shown)}\r{line}")
            self._screen.flush()
            self._shown = line

    def clear(self) -> None:
        """Leave the line empty."""
        self.show("")


def columns() -> int:
    """How wide lines may be: WIDTH, or what the terminal has where that is less."""
    return max(NARROWEST, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


#: They turn the order of what follows, so that a line says another thing than it holds.
_TURNING = {*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


_LINE_ENDS_AND_TABS = str.maketrans("", "", "\n\t")


def harmless(text: str) -> str:
    """`text` with an escape such as \\x1b in place of each character that commands a terminal.

    Line ends and tabs stay. Half of a character, which no file takes, is written out, too.
    """
    lines = text.replace("\r\n", "\n")
    if lines.translate(_LINE_ENDS_AND_TABS).isprintable():  # most are: one look at all of it
        return lines
    return "".join(_written_out(each) if _commands(each) else each for each in lines)


def _commands(character: str) -> bool:
    kind = unicodedata.category(character)
    return (kind in ("Cc", "Cs", "Zl", "Zp") and character not in "\n\t") or character in _TURNING


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def no_command(line: str) -> str:
    """`line` so that no service which reads the output of a job takes it for a command to it."""
    return re.sub(r"^(\s*):(?=:)", r"\1: ", line).replace("##[", "## [")


def cut(line: str, width: int) -> str:
    """`line`, with an ellipsis where it is longer than `width`."""
    return line if len(line) <= width else f"{line[: width - 1]}…"


def wrap(
    text: str, first: str = "", rest: str = "", breaks_words: bool = False, width: int = 0
) -> list[str]:
    """`text` as lines, the first behind `first` and the others behind `rest`.

    A path, a command's option or a slug stays whole; one that is longer than a line, unless words
    may be broken.
    """
    return textwrap.wrap(
        text,
        width or columns(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=breaks_words,
        break_on_hyphens=False,
    )


def wrap_around_code(text: str, indent: str = "") -> list[str]:
    """`text` as lines behind `indent`, in which `code` that fits on a line is not broken."""
    fits = columns() - len(indent)
    whole = re.sub(
        r"`[^`]+`",
        lambda code: code[0].replace(" ", "\0") if len(code[0]) < fits else code[0],
        text,
    )
    return [line.replace("\0", " ") for line in wrap(whole, indent, indent)]
