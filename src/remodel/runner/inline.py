"""The runner for the browser, where there are no processes: in this interpreter, for practice.

Here the learner's code shares the grader's process, so its verdict is never a mark.
"""

import contextlib
import inspect
import io
import logging
import os
import signal
import sys
import tempfile
import threading
import time
import typing
import warnings
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NoReturn, TextIO

import alembic.config

from remodel.runner.interface import FLOOD, Command, Completed, KeptOutput


class InlineRunner:
    """Purges the learner's modules after each command, as a new process would."""

    name = "inline"
    at_once = 1

    def __init__(self) -> None:
        import flask_migrate  # noqa: F401  (before any purge: its modules must stay)
        import flask_sqlalchemy  # noqa: F401

        print_to_current_stdout()

    def run(self, command: Command) -> Completed:
        """Run in this process. A hang is ended by an alarm signal where there is one."""
        from remodel.runner.worker import perform

        out, err = _Stream(), _Stream()
        began = time.monotonic()
        code: int | None = 1
        stopped = None
        with own_process(command, out, err):
            warnings.simplefilter("default")  # and not what the grader's pytest makes of them
            try:
                with _alarm(command.limit):
                    code = perform(command.argv)
            except _TimeIsUp:
                code, stopped = None, "time"
            except _TooMuch:
                code, stopped = None, "output"
            except ExitCalled as left:
                code = left.code
        return Completed(code, out.kept.text(), err.kept.text(), time.monotonic() - began, stopped)

    def close(self) -> None:
        """Nothing to end."""


class _TimeIsUp(BaseException):
    pass


class _TooMuch(BaseException):
    pass


class ExitCalled(BaseException):
    """What `os._exit` raises in a process that is not the command's own."""

    def __init__(self, code: int) -> None:
        self.code = code


class _Stream(io.TextIOBase):
    """A stdout that keeps the ends of what is written."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.kept = KeptOutput()

    def write(self, text: str) -> int:
        self.kept.add(text.encode("utf-8", errors="replace"))
        if self.kept.size > FLOOD:
            raise _TooMuch
        return len(text)

    def writable(self) -> bool:
        return True


class _CurrentStdout(io.TextIOBase):
    """Writes to whatever sys.stdout is at that moment."""

    encoding = "utf-8"  # without one, Alembic writes ASCII

    def write(self, text: str) -> int:
        return sys.stdout.write(text)


def print_to_current_stdout() -> None:
    """Alembic takes the sys.stdout of its import, the grader's, as a default argument."""
    create = alembic.config.Config.__init__
    create.__defaults__ = tuple(
        _CurrentStdout() if parameter.name == "stdout" else parameter.default
        for parameter in inspect.signature(create).parameters.values()
        if parameter.default is not parameter.empty
    )


@contextlib.contextmanager
def own_process(command: Command, out: TextIO | _Stream, err: TextIO | _Stream) -> Iterator[None]:
    """What a process of its own would have: folder, environment, modules, streams, argv."""
    before = (os.getcwd(), dict(os.environ), list(sys.path), sys.argv, set(sys.modules))  # noqa: PTH109
    leave, bytecode = os._exit, sys.dont_write_bytecode
    handlers = logging.root.handlers[:]
    logging.root.handlers.clear()  # one of an earlier command writes to a stream that is gone
    for logger in map(logging.getLogger, list(logging.root.manager.loggerDict)):
        logger.disabled = False  # an earlier command's env.py may have silenced the app
    os.chdir(command.folder)
    os.environ.clear()
    os.environ.update(command.env)
    os._exit = _leaving(leave)  # type: ignore[assignment]
    temporary, tempfile.tempdir = tempfile.tempdir, None  # it remembers the first TMPDIR it saw
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            warnings.catch_warnings(),
            _own_signals(),
            _own_listeners(),
        ):
            yield
    finally:
        os._exit, tempfile.tempdir = leave, temporary
        logging.root.handlers[:] = handlers
        sys.dont_write_bytecode = bytecode
        folder, environment, sys.path, sys.argv, modules = before
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        _purge(modules, command)


@contextlib.contextmanager
def _own_signals() -> Iterator[None]:
    """A command may turn a deaf ear to Ctrl-C; we, and what we start later, may not."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [(number, signal.getsignal(number)) for number in numbers]
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            for number, handler in before:
                signal.signal(number, handler)


@contextlib.contextmanager
def _own_listeners() -> Iterator[None]:
    """What listens to a class of SQLAlchemy, and so to every engine, would hear later commands."""
    from sqlalchemy import event
    from sqlalchemy.event import api
    from sqlalchemy.exc import InvalidRequestError

    listen, listening = api.listen, list[tuple[Any, str, Any]]()

    def heard(target: Any, identifier: str, fn: Callable[..., Any], *args: Any, **kw: Any) -> None:
        listen(target, identifier, fn, *args, **kw)
        if isinstance(target, type):
            listening.append((target, identifier, fn))

    api.listen = event.listen = heard
    try:
        yield
    finally:
        api.listen = event.listen = listen
        for each in listening:
            with contextlib.suppress(InvalidRequestError):  # it was taken back already
                event.remove(*each)


def _leaving(leave: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
    """What `os._exit` does to a command in this process; one that it forks ends as ever."""
    ours = os.getpid()

    def leave_or_raise(code: int) -> NoReturn:
        if os.getpid() != ours:
            leave(code)
        raise ExitCalled(code)

    return leave_or_raise


def _purge(modules: set[str], command: Command) -> None:
    root = str(command.folder.resolve())
    loaded = {name: sys.modules[name] for name in set(sys.modules) - modules}
    gone = [name for name, module in loaded.items() if _place(module).startswith(root)]
    for name in gone:
        _dispose_of_engines(loaded[name])
        del sys.modules[name]
    # A type that was asked for, such as Mapped[Room], is remembered, and with it its whole app.
    for forget in vars(typing).get("_cleanups", ()):
        forget()


def _place(module: Any) -> str:
    """The file of a module, or a folder that is a package without one."""
    folders = getattr(module, "__path__", None) or ("",)
    return str(getattr(module, "__file__", None) or next(iter(folders)))


def _dispose_of_engines(module: Any) -> None:
    app = getattr(module, "app", None)
    database = getattr(app, "extensions", {}).get("sqlalchemy") if app else None
    if database is not None:
        for engine in database._app_engines.get(app, {}).values():
            engine.dispose()


@contextlib.contextmanager
def _alarm(limit: float) -> Iterator[None]:
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TimeIsUp

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
