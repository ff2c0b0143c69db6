"""The steps of a release, and how one of them stops it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import click

LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Stopped(Exception):
    """Why a release went no further, in words that are safe to send to anybody."""


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
