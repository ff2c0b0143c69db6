"""Types every block of a page that is marked as typed, and fills in what appeared."""

import re
from collections.abc import Iterator
from pathlib import Path

from remodel.site.transcripts.normalising import normalised
from remodel.site.walk.blocks import Typed, TypedBlock, typed_blocks, typed_lines
from remodel.site.walk.pieces import new_lines, put_in, read
from remodel.site.walk.terminal import Terminal

#: Alembic says these at each command; lesson 3 explains them once.
_SET_UP = re.compile(
    r"INFO  \[alembic\.runtime\.(?:migration\] (?:Context impl|Will assume)|plugins\]).*\n?"
)
#: A prompt stands at the beginning of a line, or behind another that nothing answered.
_PROMPT = re.compile(r"(?:^|(?<=>>> )|(?<=\.\.\. )|(?<=sql> ))(>>> |\.\.\. |sql> )", re.MULTILINE)
_MARKED = re.compile(r' hl_lines="[^"]*"')


def walked(page: str, terminal: Terminal, app: Path) -> str:
    """The text of `page` as it should be: typed into `terminal`, whose folder is `app`.

    What a command prints stands under it, and new lines of a file are marked. Raises CourseError
    where a command does not end or a piece of a file has no place.
    """
    lines, made, done = page.splitlines(), [], 0
    for block in typed_blocks(page):
        made += lines[done : block.first]
        if block.file:
            made += _write(block, lines[block.first], app)
        else:
            made += [lines[block.first], *_type(block, terminal, app)]
        done = block.last
    return "\n".join([*made, *lines[done:]]) + "\n"


def _write(block: TypedBlock, fence: str, app: Path) -> list[str]:
    """Put a piece of a file where it belongs; the block again, without its last line."""
    typed, file = "\n".join(block.lines), app / block.file
    new = new_lines(read(file), typed)
    put_in(file, typed)
    marks = f' hl_lines="{" ".join(map(str, new))}"' if 0 < len(new) < len(block.lines) else ""
    return [_MARKED.sub("", fence) + marks, *block.lines]


def _type(block: TypedBlock, terminal: Terminal, app: Path) -> list[str]:
    """Type the commands of a block; each, with what appeared."""
    shown = []
    for number, typed in enumerate(typed_lines(block)):
        appeared = _SET_UP.sub("", terminal.answer(typed))
        shown += [""] if number else []
        shown += [f"$ {typed.command}"]
        for line, answer in _conversation(typed, appeared):
            shown += [*line, *normalised(answer, app).splitlines()]
    return shown


def _conversation(typed: Typed, appeared: str) -> Iterator[tuple[list[str], str]]:
    """Each line that was typed behind the prompt that asked for it, and what answered it.

    A program's greeting is left out, and so is what it says when nothing more is typed.
    """
    if not typed.lines:
        yield [], appeared
        return
    _greeting, *parts = _PROMPT.split(appeared)
    for line, prompt, answer in zip(typed.lines, parts[::2], parts[1::2], strict=False):
        yield [f"{prompt}{line}".rstrip()], answer
