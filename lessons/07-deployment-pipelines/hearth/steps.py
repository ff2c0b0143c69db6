"""The steps of a release, and how one of them stops it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click


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
        raise Stopped(f"{name} failed with {type(error).__name__}") from error
