"""What went wrong, taken from what a command printed."""

import re

#: The longest line that is shown whole.
LONGEST = 220
#: How PostgreSQL begins what it says besides what went wrong.
_BESIDES = re.compile(r"(LINE \d+|DETAIL|HINT|CONTEXT): ")


def error_lines(stderr: str) -> list[str]:
    """The line that says what went wrong, and the SQL that the database refused, if any."""
    lines = [line for line in stderr.splitlines() if line.strip()]
    outer = [
        line
        for line in lines
        if not line.startswith((" ", "INFO", "Traceback"))
        and "Background on this error" not in line
        and not _BESIDES.match(line)
    ]
    errors = [
        line for line in outer if re.match(r"(Error|[\w.]*(Error|Exception|Exit|Warning))\b", line)
    ]
    if errors and errors[-1].startswith("Error: No such command"):
        errors = errors[:-1]  # Flask says this last; why it could not load the app stands above it
    # A statement that SQLAlchemy composed goes on over the lines that follow.
    statements = re.findall(r"^\[SQL: .*?(?=^[\[(]|\Z)", stderr, re.DOTALL | re.MULTILINE)
    sql = [" ".join(statement.split()) for statement in statements]
    # What Alembic logs of its progress is no error, even where nothing else was printed.
    unlogged = [line for line in lines if not line.startswith("INFO")]
    chosen = (errors[-1:] or outer[-1:] or unlogged[-1:]) + sql[-1:]
    # SQLAlchemy tells of a mapper that could not be made, and only then why.
    chosen = [line.rpartition("Original exception was: ")[2] for line in chosen]
    chosen = [f"{line} (no message)" if line.endswith("Error:") else line for line in chosen]
    return [shortened(line) for line in chosen] or [
        "(it printed no error)" if lines else "(it printed nothing)"
    ]


def place_of_error(stderr: str) -> str | None:
    """The file and the line of the learner's where it arose, or None."""
    frames = re.findall(r'File "((?!/)[^"<>]+)", line (\d+)', stderr)
    return f"{frames[-1][0]}:{frames[-1][1]}" if frames else None


def shortened(line: str, longest: int = LONGEST) -> str:
    """`line`, cut where it is longer than `longest` characters."""
    return line if len(line) <= longest else line[: longest - 3] + "…"
