"""Predictions: entered before a cell runs, compared with what it left, and kept."""

import contextlib
import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.notebook.houses import RUN_ABOVE, EnteredHouse, here, refuse_elsewhere
from remodel.notebook.kernel import show
from remodel.playground.progress import Progress

RUN_AGAIN = "Correct it, and run the cell again."


@dataclass(frozen=True)
class Entered:
    """A prediction, the answers that were offered, and the house in which it was entered."""

    guess: object
    among: Sequence[object]
    house: EnteredHouse | None


@dataclass(frozen=True)
class Seen:
    """What a run has shown, in which house, and how much had been written there until then."""

    value: object
    house: EnteredHouse
    written: int


#: What was predicted last, and under which name; nobody has compared it yet.
_OPEN: dict[str, Entered] = {}
_SEEN: dict[str, Seen] = {}


def predict(name: str, guess: object, among: Sequence[object] = ()) -> None:
    """Enter a prediction, one of `among`; while `guess` is `...`, none is entered.

    Raises RemodelError for one that is not among them, and where the cell cannot be run again.
    """
    _OPEN.clear()
    if guess is not ... and among and not any(_same(guess, each) for each in among):
        choice = ", ".join(map(repr, among))
        raise RemodelError(f"{guess!r} is none of the answers. Choose one of: {choice}")
    refuse_elsewhere(name)
    _refuse_again(name)
    _OPEN[name] = Entered(guess, among, here())


def _refuse_again(name: str) -> None:
    """A second run would begin where the first ended, and show something else."""
    seen, house = _SEEN.get(name), here()
    if seen and house is seen.house and house.written == seen.written:
        raise RemodelError(
            f"This cell has run in this house, and it was {seen.value!r}. To run it again, begin "
            f"with a fresh house. {RUN_ABOVE}"
        )


def happened(value: object) -> None:
    """Compare the open prediction with `value`, which the run has shown, and keep that it was."""
    for name, entered in _OPEN.items():
        if entered.among and not any(_same(value, each) for each in entered.among):
            _tell("–", f"It is {value!r}: something above went wrong. {RUN_AGAIN}")
            continue
        _compare(name, entered.guess, value)
        # A cell that makes a house of its own begins afresh each time.
        if entered.house and here() is entered.house:
            _SEEN[name] = Seen(value, entered.house, entered.house.written)
    _OPEN.clear()


def _compare(name: str, guess: object, value: object) -> None:
    if guess is ...:
        _tell("–", f"It is {value!r}. No prediction was entered in place of the dots.")
        return
    if _same(guess, value):
        _tell("✓", f"As you predicted: {value!r}.")
    else:
        _tell("✗", f"You predicted {guess!r}, and it is {value!r}. Read on for the reason.")
    _keep(name)


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
