"""Types every block of a page that is marked as typed, and fills in what appeared."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from remodel.errors import CourseError
from remodel.site.transcripts.normalising import normalised
from remodel.site.walk.blocks import Typed, TypedBlock, typed_blocks, typed_lines
from remodel.site.walk.pieces import new_lines, put_in, read
from remodel.site.walk.terminal import Appeared, Terminal

#: A prompt stands at the beginning of a line, or behind another that nothing answered.
_PROMPT = re.compile(r"(?:^|(?<=>>> )|(?<=\.\.\. )|(?<=sql> ))(>>> |\.\.\. |sql> )", re.MULTILINE)
_MARKED = re.compile(r' hl_lines="([^"]*)"')
#: What a page has to show below a command that fails.
_FAILS = re.compile("error", re.IGNORECASE)


def walked(page: str, terminal: Terminal, app: Path) -> str:
    """The text of `page` as it should be: typed into `terminal`, whose folder is `app`.

    What a command prints stands under it, and new lines of a file are marked; what is marked in
    a terminal stays so. Raises CourseError where a command does not end, or fails and the page
    shows no error below it; where a piece of a file has no place; and where a marked line no
    longer appears.
    """
    lines, made, done = page.splitlines(), [], 0
    for block in typed_blocks(page):
        made += lines[done : block.first]
        if block.file:
            made += _write(block, lines[block.first], app)
        else:
            shown = _type(block, terminal, app)
            made += [_marked_again(lines[block.first], block.lines, shown), *shown]
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
        answer = terminal.answer(typed)
        _may_fail(typed, answer)
        shown += [""] if number else []
        shown += [f"$ {typed.command}"]
        for line, below in _conversation(typed, answer.text):
            shown += [*line, *normalised(below, app).splitlines()]
    return shown


def _may_fail(typed: Typed, answer: Appeared) -> None:
    """Stop where a command fails that succeeds on the page: it would be printed unread."""
    if answer.code and not _FAILS.search("\n".join(typed.shown)):
        raise CourseError(
            f"Line {typed.line}: {typed.command!r} ended with exit code {answer.code}:\n"
            f"{answer.text[-500:].rstrip()}\n"
            "Is it to fail? Then write 'Error' on the line below it, and type the page again."
        )


def _marked_again(fence: str, before: Sequence[str], shown: Sequence[str]) -> str:
    """The fence of a box that held the lines `before`, with its marks where they stand now."""
    marked = _MARKED.search(fence)
    if not marked:
        return fence
    places = []
    for number in map(int, marked[1].split()):
        line = before[number - 1]
        same = [place for place, each in enumerate(shown, 1) if each == line]
        earlier = before[: number - 1].count(line)
        if earlier >= len(same):
            raise CourseError(f"{line!r} is marked with hl_lines, and it no longer appears.")
        places.append(str(same[earlier]))
    return fence.replace(marked[0], f' hl_lines="{" ".join(places)}"')


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
