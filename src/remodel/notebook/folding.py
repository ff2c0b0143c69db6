"""Folds what a notebook's commands say of themselves: Alembic's set-up, and long tracebacks."""

import contextlib
import sys
import traceback
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from remodel.errors import RemodelError
from remodel.notebook.kernel import kernel_shell, show_folded
from remodel.playground.set_up_lines import folded
from remodel.playground.traceback_lines import shortened

SET_UP_TITLE = "Alembic's set-up"
TRACEBACK_TITLE = "The whole traceback"


def fold_commands_and_errors() -> None:
    """Have each `!command` and each cell of this kernel fold what hides the point."""
    shell = kernel_shell()
    if shell is None or hasattr(shell.system, "folds"):
        return
    run = shell.system

    def system(command: str) -> None:
        show = partial(show_folded, SET_UP_TITLE)
        with (
            folded(sys.stdout, show, _brief_traceback) as fold,
            contextlib.redirect_stdout(fold),
        ):
            run(command)

    system.folds = True  # type: ignore[attr-defined]
    shell.system = system
    shell.set_custom_exc((Exception,), _show_error)


def _brief_traceback(text: str) -> str:
    """Show all of a command's traceback in a fold; returns what stands below it."""
    show_folded(TRACEBACK_TITLE, text)
    return shortened(text, Path.cwd())


def _show_error(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    """Tell the error of a cell as that of a command; one of the course's own, in its sentence."""
    text = "".join(traceback.format_exception(kind, error, trace))
    if isinstance(error, RemodelError):
        lines = [f"{kind.__name__}: {error}"]
    else:
        show_folded(TRACEBACK_TITLE, text)
        lines = shortened(text, Path.cwd()).splitlines()
    shell._showtraceback(kind, error, lines)
