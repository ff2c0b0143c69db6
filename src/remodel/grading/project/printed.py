"""What a command printed for the grader: a learner's code could have printed it, or something else.

So it is read as what a stranger sends: what is not of the form that is asked for is as good as
nothing printed.
"""

from typing import TypeVar

import msgspec

from remodel.runner import Completed

T = TypeVar("T")


def printed(completed: Completed, mark: str, form: type[T]) -> T | None:
    """What stands behind `mark` in the last line that begins with it; None where nothing does."""
    lines = [line for line in completed.stdout.splitlines() if line.startswith(mark)]
    if not lines:
        return None
    try:
        return msgspec.json.decode(lines[-1].removeprefix(mark), type=form)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None
