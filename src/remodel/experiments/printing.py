"""What an experiment shows of its steps, at 80 columns: the command, and the lines that tell."""

import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from remodel.course.edits import diff_lines
from remodel.course.proof import NO_ROWS, row_shown
from remodel.runner import Completed
from remodel.wrapping import columns, wrap

#: The most lines of a command's output, and of a query's rows, that are shown.
LINES = 8
#: What every command prints, whatever it does.
NOISE = re.compile(
    r"INFO  \[alembic\.runtime\.plugins\w*\]|INFO  .* Context impl |INFO  .* Will assume "
    r"|\(Background on this error|\s*$"
)
#: Where this machine keeps its libraries.
LIBRARY = re.compile(r"[^\s(]+[\\/]site-packages[\\/]")
#: The id that Alembic makes up for a revision, in the name of its file and where it stands alone.
MADE_UP_ID = re.compile(r"\b[0-9a-f]{12}(?=_|\b)")
#: The statement at which SQLAlchemy stopped.
STATEMENT = re.compile(r"^\[SQL: (.*?)\]$", re.DOTALL | re.MULTILINE)
#: Alembic keeps these in sets, whose order changes from run to run.
SAME_KIND = re.compile(r"^(INFO [^'\n]*)'.*\n(?:\1'.*\n)+", re.MULTILINE)
TRACEBACK = re.compile(
    r"Traceback \(most recent call last\):\n.*?^(?=\S)", re.DOTALL | re.MULTILINE
)


def command_shown(words: Sequence[str], done: Completed, folder: Path) -> str:
    """`flask WORDS` as typed, and the last telling lines of what it printed."""
    text = f"{done.stderr.rstrip()}\n{done.stdout}"
    # Of a chain of tracebacks the last one says what stopped the command.
    text = TRACEBACK.sub("", text.rpartition("The above exception was")[2] or text)
    text = re.sub(r"^.*direct cause of the following exception:$", "", text, flags=re.MULTILINE)
    for place in (folder.resolve(), folder):
        text = text.replace(f"{place}/", "").replace(str(place), ".")
    text = MADE_UP_ID.sub("1a2b3c4d5e6f", LIBRARY.sub("…/", text))
    text = SAME_KIND.sub(lambda match: "".join(sorted(match[0].splitlines(True))), text)
    text = STATEMENT.sub(lambda match: f"[SQL: {_shortened(match[1].strip())}]", text)
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if not NOISE.match(line)]
    if done.exit_code != 0:
        # Of a command that fails without a word, the last thing that it printed.
        telling = telling or lines[-1:]
        ended = "stopped" if done.exit_code is None else done.exit_code
        telling.append(f"(exit {ended})")
    return "\n".join([f"$ flask {shlex.join(words)}", *_wrapped(telling[-LINES:])])


def _shortened(statement: str) -> str:
    """Of a statement of more than three lines, the first."""
    first, *rest = statement.split("\n")
    return f"{first} …" if len(rest) > 2 else statement


def query_shown(query: str, rows: Sequence[tuple[object, ...]]) -> str:
    """The query and its first rows, NULL shown as such."""
    lines = [row_shown(row) for row in rows]
    more = [f"… and {len(lines) - LINES} more"] if len(lines) > LINES else []
    asks = query.lstrip().upper().startswith(("SELECT", "PRAGMA"))
    nothing = [NO_ROWS] if asks and not lines else []
    return "\n".join(_wrapped([f"sql> {query}", *lines[:LINES], *more, *nothing]))


def edit_shown(file: str, before: str, after: str) -> str:
    """The lines that an edit took out and put in."""
    lines = diff_lines(before, after, around=0)
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return "\n".join([f"edit {file}", *_wrapped(changed)])


def _wrapped(lines: Iterable[str]) -> list[str]:
    return [part for line in lines for part in _fold(line)]


def _fold(line: str) -> list[str]:
    return [line] if len(line) <= columns() else wrap(line, rest="    ", breaks_words=True)
