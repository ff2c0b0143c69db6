"""Reads a repair.txt: the `flask db …` commands that a learner would type, copy by copy."""

import shlex
from collections.abc import Iterator, Sequence

from remodel.refusal import Refused


def commands_for(name: str, text: str, file: str, copies: Sequence[str]) -> list[tuple[int, str]]:
    """The numbered lines of `text` under no heading, or under the heading `[name]`.

    Raises Refused at a line that is neither a `flask db …` command nor a heading of `copies`.
    """
    return [
        (number, shlex.join(words))
        for number, words, heading in _lines(text, file, copies)
        if heading in ("", name)
    ]


def _lines(text: str, file: str, copies: Sequence[str]) -> Iterator[tuple[int, list[str], str]]:
    """Each command with its line number and the heading that it stands under, or ""."""
    heading = ""
    for number, raw in enumerate(text.splitlines(), 1):
        words = _words_of(raw)
        if len(words) == 1 and words[0] in (f"[{copy}]" for copy in copies):
            heading = words[0].strip("[]")
        elif words and words[:2] != ["flask", "db"]:
            raise Refused(
                f"{file}, line {number}: {raw.strip()[:50]!r} is not a `flask db …` command.",
                f"Write one command on each line, or a heading such as [{copies[0]}].",
                where=f"{file}:{number}",
                misconception="repair-txt-is-a-shell-script",
            )
        elif words:
            yield number, words, heading


def _words_of(line: str) -> list[str]:
    """The words of a shell command, without a comment; the whole line where a quote is open."""
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return [line]
