"""Predictions: entered before a cell runs, compared with what it left, and kept."""

import contextlib
import html
from collections.abc import Sequence
from datetime import date

from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.notebook.kernel import show
from remodel.playground.progress import Progress

#: What was predicted last, and under which name; nobody has compared it yet.
_OPEN: dict[str, object] = {}


def predict(name: str, guess: object, among: Sequence[object] = ()) -> None:
    """Enter a prediction, one of `among`; while `guess` is `...`, none is entered.

    Raises RemodelError for one that is not among them.
    """
    _OPEN.clear()
    if guess is not ... and among and not any(_same(guess, each) for each in among):
        choice = ", ".join(map(repr, among))
        raise RemodelError(f"{guess!r} is none of the answers. Choose one of: {choice}")
    _OPEN[name] = guess


def happened(value: object) -> None:
    """Compare the open prediction with `value`, which the run has shown, and keep that it was."""
    for name, guess in _OPEN.items():
        if guess is ...:
            _tell("–", f"It is {value!r}. No prediction was entered in place of the dots.")
        elif _same(guess, value):
            _tell("✓", f"As you predicted: {value!r}.")
        else:
            _tell("✗", f"You predicted {guess!r}, and it is {value!r}. Read on for the reason.")
        if guess is not ...:
            _keep(name)
    _OPEN.clear()


def _same(guess: object, value: object) -> bool:
    """Whether they are equal; letters may be large, and a number may stand in quotes."""
    return str(guess).strip().casefold() == str(value).strip().casefold()


def _tell(mark: str, words: str) -> None:
    line = f"{mark} {words}"
    show(line, f"<p><strong>{html.escape(line)}</strong></p>")


def _keep(name: str) -> None:
    """As on a page of the site: that there was a prediction is enough."""
    progress = Progress.read(find_course())
    progress.questions.setdefault(f"notebook-{name}", date.today().isoformat())
    with contextlib.suppress(OSError):  # compared all the same, wherever it can be kept
        progress.write()
