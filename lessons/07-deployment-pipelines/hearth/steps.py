"""The steps of a release, and how one of them stops it."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

STOPPING = (signal.SIGINT, signal.SIGTERM)
LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Stopped(Exception):
    """Why a release went no further, in words that are safe to send to anybody."""


class Interrupted(BaseException):
    """A signal asked the release to end. Not an Exception: no page may take it for its own."""

    def __init__(self, number: int) -> None:
        super().__init__(f"it was interrupted by {signal.Signals(number).name}")
        self.exit_code = 128 + number


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say which step begins, and turn whatever goes wrong in it into Stopped."""
    click.echo(f"release: {name}")
    try:
        yield
    except Stopped:
        raise
    # flask_migrate.upgrade() prints what went wrong and then ends the program: a SystemExit,
    # which is no Exception.
    except SystemExit as error:
        raise Stopped(f"{name} failed") from error
    except Exception as error:
        # The details may hold a password, so they stay on this terminal.
        click.echo(f"{type(error).__name__}: {error}", err=True)
        raise Stopped(f"{name} failed {reason(error)}") from error


def reason(error: Exception) -> str:
    """Say what kind of error it was; somebody else's lock is nobody's fault."""
    if is_locked(getattr(error, "orig", error)):
        return "because somebody else kept the database locked"
    return f"with {type(error).__name__}"


def is_locked(error: object) -> bool:
    """Whether SQLite gave up waiting for another connection."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in LOCKED


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn SIGTERM and Ctrl+C into Interrupted; python would die of the first on the spot."""

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
