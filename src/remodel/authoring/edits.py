"""Says how a file differs from the solution's as edits that people can read: whole lines."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: With fewer equal lines than this between them, two changes are one edit.
APART = 3
#: With more edits than this, or more lines in them than this part of its own, a file is easier to
#: read whole.
MOST_EDITS, MOST_LINES = 6, 0.75


@dataclass(frozen=True)
class Passage:
    """The lines `begin` to `end` of the old text, and what stands there instead."""

    begin: int
    end: int
    instead: tuple[str, ...]


def edits_between(old: str, new: str) -> list[tuple[str, str]] | None:
    """Pairs of what is replaced and by what, one after the other; None where there are none."""
    lines = old.splitlines(keepends=True)
    passages = _passages(lines, new.splitlines(keepends=True))
    ends = [0, *(passage.end for passage in passages[:-1])]
    begins = [*(passage.begin for passage in passages[1:]), len(lines)]
    edits, text = [], old
    for passage, above, below in zip(passages, ends, begins, strict=True):
        widened = _found_once(text, lines, passage, above, below)
        if widened is None:
            return None
        replaced = "".join(lines[widened.begin : widened.end]), "".join(widened.instead)
        text = text.replace(*replaced)
        edits.append(replaced)
    return edits if text == new and _readable(edits, new) else None


def _readable(edits: list[tuple[str, str]], new: str) -> bool:
    lines = sum(len(side.splitlines()) for edit in edits for side in edit)
    return len(edits) <= MOST_EDITS and lines < MOST_LINES * len(new.splitlines())


def _passages(old: list[str], new: list[str]) -> list[Passage]:
    passages: list[Passage] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, begin, end, new_begin, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        instead = tuple(new[new_begin:new_end])
        if passages and begin - passages[-1].end < APART:
            before = passages.pop()
            instead = (*before.instead, *old[before.end : begin], *instead)
            begin = before.begin
        passages.append(Passage(begin, end, instead))
    return passages


def _found_once(
    text: str, lines: list[str], passage: Passage, above: int, below: int
) -> Passage | None:
    """`passage` with as few lines more around it as make it occur once in `text`."""
    for more in range(below - above + 1):
        for up in range(more, -1, -1):  # what stands above says better where it is
            begin, end = passage.begin - up, passage.end + more - up
            wider = "".join(lines[begin:end]) if above <= begin and end <= below else ""
            if wider.strip() and text.count(wider) == 1:
                around = lines[begin : passage.begin], lines[passage.end : end]
                return Passage(begin, end, (*around[0], *passage.instead, *around[1]))
    return None


def as_toml(file: str, edits: Iterable[tuple[str, str]]) -> str:
    """The [[edit]] tables for one file."""
    return "".join(
        f'\n[[edit]]\nfile = "{file}"\nold = {quoted(old)}\nnew = {quoted(new)}\n'
        for old, new in edits
    )


def quoted(text: str) -> str:
    """`text` as TOML, on lines of its own and as it is wherever TOML allows that."""
    if not text:
        return '""'
    if "'''" not in text and not text.endswith("'") and not any(_is_control(c) for c in text):
        return f"'''\n{text}'''"
    return '"""\n' + "".join(_escaped(text)) + '"""'


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\t\n") or character == "\x7f"


def _escaped(text: str) -> Iterator[str]:
    for character in text:
        if character in '\\"':
            yield f"\\{character}"
        else:
            yield f"\\u{ord(character):04x}" if _is_control(character) else character
