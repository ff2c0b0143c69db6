"""The blocks of a page that a reader types: commands, and pieces of files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from remodel.course.fences import FENCE

#: What the title of a block begins with that is to be typed; a file's name may follow.
_TYPED = re.compile(r'title="Type(?: in (?P<file>[^"]+))?"')
#: Lines that a program which asks for more is given.
PROMPTS = (">>> ", "... ", "sql> ")


@dataclass(frozen=True)
class TypedBlock:
    """One fence to type: where it stands (`first` and `last` are its fences' lines), and what."""

    first: int
    last: int
    language: str
    #: The file that it is a piece of; "" where it goes into the terminal.
    file: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Typed:
    """A command, and the lines that the program which it starts is given."""

    command: str
    lines: tuple[str, ...] = ()
    #: Where on the page it stands, counted from 1; 0 where it stands on none.
    line: int = 0
    #: What the page shows as having appeared.
    shown: tuple[str, ...] = ()


def typed_blocks(page: str) -> Iterator[TypedBlock]:
    """The blocks of the text of `page` that are marked as typed, in their order."""
    lines = page.splitlines()
    opened: tuple[int, str, str] | None = None
    for number, line in enumerate(lines):
        fence = FENCE.fullmatch(line)
        if not fence:
            continue
        if opened is None:
            opened = (number, fence[1], fence[2].strip())
        elif fence[1].startswith(opened[1]) and not fence[2].strip():
            first, _marks, about = opened
            opened = None
            title = _TYPED.search(about)
            if title:
                language = about.split()[0]
                shown = tuple(lines[first + 1 : number])
                yield TypedBlock(first, number, language, title["file"] or "", shown)


def typed_lines(block: TypedBlock) -> list[Typed]:
    """What of a console block is typed; the rest is what appeared."""
    typed: list[Typed] = []
    for number, line in enumerate(block.lines, block.first + 2):
        prompt = next((each for each in PROMPTS if f"{line} ".startswith(each)), None)
        if line.startswith("$ "):
            typed.append(Typed(line.removeprefix("$ "), line=number))
        elif typed and prompt:
            typed[-1] = replace(typed[-1], lines=(*typed[-1].lines, line[len(prompt) :]))
        elif typed:
            typed[-1] = replace(typed[-1], shown=(*typed[-1].shown, line))
    return typed
