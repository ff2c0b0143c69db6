"""What a terminal showed, without what differs from run to run."""

import os
import re
from pathlib import Path

GENERATING = r"Generating +(\S+) \.\.\. +done"
#: Where this machine keeps its libraries.
LIBRARY = r"\S+[\\/]site-packages[\\/]"
DATE = r"(Revision ID: 00(\d\d)\n(?:.*\n)?? *Create Date: )[^\n]+"
MOMENT = r"\b20\d{6}T\d{6,12}\b"
#: What Alembic says of itself at each command; lesson 3 shows these lines once and explains them.
SET_UP = r"INFO  \[alembic\.runtime\.(?:plugins|migration\] (?:Context impl|Will assume)).*\n?"
PLUGINS = r"(?:INFO  \[alembic\.runtime\.plugins\].*\n)+"
REMOVED = r"(?:INFO  \[alembic\.\S+\] Detected removed table .*\n)+"
KEYS = r"(?:\tCONSTRAINT \S+ FOREIGN KEY.*\n)+"
#: When Flask's logger wrote a line.
LOGGED = r"^\[20\d\d-[\d-]+ [\d:,]+\] "
#: How long SQLAlchemy says that a statement took to be prepared.
SECONDS = r"\[(generated in|cached since|no key) [\d.]+s( ago)?\]"
#: What SQLAlchemy's echo puts before each statement: the moment, the logger, how long it took.
LOGGER = r"^\d{4}-\d\d-\d\d [\d:,]+ INFO sqlalchemy\.engine\.Engine "
TOOK = r"\[(?:generated in|cached since|no key|raw sql)[^\]]*\] "
#: A traceback up to the line that says what went wrong.
TRACEBACK = r"(Traceback [^\n]*\n).*\n(?=^[\w.]+(?:Error|Exception|Exit)\b)"


def normalised(text: str, app: Path, set_up: bool = False) -> str:
    """The same without what differs from run to run: places, days, the inside of tracebacks.

    Alembic's lines about itself go too, unless they are wanted for once: they hide the others.
    """
    text = text.replace("\r\n", "\n")
    text = text if set_up else re.sub(SET_UP, "", text)
    for place in {str(app), str(app.resolve())}:
        text = text.replace(f"{place}{os.sep}", "").replace(place, ".")
    text = re.sub(LIBRARY, "…/", text)
    text = re.sub(GENERATING, lambda m: f"Generating {Path(m[1]).as_posix()} ... done", text)
    text = re.sub(DATE, r"\g<1>2026-01-\2 12:00:00.000000", text)
    text = re.sub(MOMENT, "20260101T120000000000", text)
    # What is left out is the same story in another number of lines on every version.
    text = re.sub(PLUGINS, "[...]\n", text)
    # Alembic and SQLAlchemy keep these in sets, whose order changes from run to run.
    text = re.sub(REMOVED, lambda m: "".join(sorted(m[0].splitlines(keepends=True))), text)
    text = re.sub(KEYS, lambda m: _sorted_keys(m[0]), text)
    text = re.sub(rf"{LOGGER}{TOOK}\(\)\n", "", text, flags=re.MULTILINE)
    text = re.sub(rf"{LOGGER}(?:{TOOK})?", "[...] ", text, flags=re.MULTILINE)
    text = re.sub(LOGGED, "[2026-01-01 12:00:00,000] ", text, flags=re.MULTILINE)
    text = re.sub(SECONDS, r"[\1 0.0001s\2]", text)
    text = re.sub(TRACEBACK, r"\1[...]\n", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _sorted_keys(lines: str) -> str:
    """The foreign keys of a CREATE TABLE in the order of their names; the last has no comma."""
    ended = "," if lines.rstrip().endswith(",") else ""
    return ",\n".join(sorted(line.rstrip(", ") for line in lines.splitlines())) + ended + "\n"
