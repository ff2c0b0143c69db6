"""What a release does when it is asked to end: `docker stop`, or an impatient Ctrl+C."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM)


class Interrupted(BaseException):
    """A signal asked the release to end. Not an Exception: no page may take it for its own."""

    def __init__(self, number: int) -> None:
        super().__init__(f"it was interrupted by {signal.Signals(number).name}")
        self.exit_code = 128 + number


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn SIGTERM and Ctrl+C into Interrupted; Python would die of the first on the spot."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        ignore_signals()
        raise Interrupted(number)

    before = [(number, signal.signal(number, interrupt)) for number in STOPPING]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def ignore_signals() -> None:
    """What puts things right is not interrupted again."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
