"""Single keys of a terminal, without Enter, on every system."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: What `hear` gets where the keyboard is gone: the terminal was closed.
CLOSED = ""
ESCAPE = "\x1b"


def is_there() -> bool:
    """Whether somebody sits before a screen that can be cleared."""
    both = sys.stdin.isatty() and sys.stdout.isatty()
    return both and os.environ.get("TERM", "") != "dumb"


@contextmanager
def heard(hear: Callable[[str], None], redraw: Callable[[], None]) -> Iterator[None]:
    """While this lasts, `hear` gets each key that is pressed, in another thread.

    `redraw` is called where the screen has another size, or was in other hands.
    """
    with _single_keys(redraw):
        threading.Thread(target=_listen, args=(hear,), daemon=True).start()
        yield


if sys.platform == "win32":

    @contextmanager
    def _single_keys(_redraw: Callable[[], None]) -> Iterator[None]:
        yield

    def _listen(hear: Callable[[str], None]) -> None:
        import msvcrt

        while True:
            key = msvcrt.getwch()
            if key in ("\x00", "\xe0"):  # an arrow or a function key, in two halves
                msvcrt.getwch()
                key = ESCAPE
            hear(key)

else:

    @contextmanager
    def _single_keys(redraw: Callable[[], None]) -> Iterator[None]:
        import termios
        import tty

        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)

        def again(_signal: int, _frame: object) -> None:
            tty.setcbreak(terminal)  # a shell that had the terminal meanwhile has set its own
            redraw()

        handlers = {each: signal.signal(each, again) for each in _OF_THE_SCREEN}
        try:
            tty.setcbreak(terminal)
            yield
        finally:
            for each, handler in handlers.items():
                signal.signal(each, handler)
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)

    #: Another size, and the return after Ctrl-Z.
    _OF_THE_SCREEN = (signal.SIGWINCH, signal.SIGCONT)

    def _listen(hear: Callable[[str], None]) -> None:
        terminal = sys.stdin.fileno()
        while True:
            try:
                typed = os.read(terminal, 1024).decode(errors="replace")
            except OSError:
                typed = CLOSED
            # An arrow is an escape and more letters, which are no keys of their own.
            for key in [ESCAPE] if typed.startswith(ESCAPE) else typed or [CLOSED]:
                hear(key)
            if not typed:
                return
