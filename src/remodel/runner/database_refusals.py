"""What a database refuses while an app is used: many an app shows it to its visitor alone."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from remodel.runner.error_lines import shortened

if TYPE_CHECKING:
    from sqlalchemy.engine import ExceptionContext

#: The longest text of a database that is shown whole.
_LONGEST = 120


@contextmanager
def refusals_printed(count: Callable[[], int]) -> Iterator[None]:
    """Until the block ends, write what any database refuses to standard error, a line each.

    Each has the `count` at that moment: which request it was.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def write(context: "ExceptionContext") -> None:
        text = " ".join(str(context.original_exception).split())
        print(_before(count()) + shortened(text, _LONGEST), file=sys.stderr)

    event.listen(Engine, "handle_error", write)
    try:
        yield
    finally:
        event.remove(Engine, "handle_error", write)


def refused_at(count: int, stderr: str) -> str:
    """What the database refused last at that count, by what was written; "" if nothing."""
    begin = _before(count)
    found = [line for line in stderr.splitlines() if line.startswith(begin)]
    return found[-1].removeprefix(begin) if found else ""


def _before(count: int) -> str:
    return f"At request {count} the database says: "
