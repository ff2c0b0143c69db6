"""Tells a traceback briefly: the lines of the learner's own files, and its last lines."""

import re
from collections.abc import Iterator
from pathlib import Path

BEGINS = "Traceback (most recent call last):"
#: A frame, with the source lines below it.
FRAME = re.compile(r'^  File "([^"]+)", (line \d+, in .*)\n((?:    .*\n)*)', re.MULTILINE)
#: Where IPython keeps the text of a cell.
CELL = re.compile(r"ipykernel_\d+[\\/]|<ipython-input-")
#: Where an error of syntax points at a cell: it has no frame of its own.
CELL_LINE = re.compile(
    r'File "[^"]*(?:ipykernel_\d+[\\/]|<ipython-input-)[^"]*", (?=line \d+$)', re.M
)
#: How IPython runs what begins with `%%`: the whole cell as one text.
MAGIC = "get_ipython().run_cell_magic("
#: `flask db init` wrote it, and every command goes through it.
GENERATED = "env.py"


def shortened(text: str, folder: Path) -> str:
    """What of a traceback somebody needs whose app lies in `folder`."""
    text = text.replace("\r", "")
    last = list(FRAME.finditer(text))[-1:]
    end = text[last[0].end() :] if last else text
    return "".join([*_own_frames(text, folder), CELL_LINE.sub("Your cell, ", end)])


def _own_frames(text: str, folder: Path) -> Iterator[str]:
    frames = dict.fromkeys(_named(text, folder))
    written = [frame for frame in frames if GENERATED not in frame.splitlines()[0]]
    yield from written or frames


def _named(text: str, folder: Path) -> Iterator[str]:
    for file, rest, source in FRAME.findall(text):
        place = Path(file)
        # Since Python 3.11, marks point at a part of the line above.
        lines = "".join(f"{x}\n" for x in source.splitlines() if x.strip(" ^~"))
        if CELL.search(file) and MAGIC not in source:
            yield f"  Your cell, {rest.partition(',')[0]}\n{lines}"
        elif place.is_relative_to(folder):
            yield f'  File "{place.relative_to(folder).as_posix()}", {rest}\n{lines}'
