"""The commands for taking stock: each hands on what was typed and prints what comes back."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from hearth import stocktaking
from hearth.database import db


@contextmanager
def one_session() -> Iterator[None]:
    """End the session with the command; what was not committed by then is undone."""
    try:
        yield
    finally:
        db.session.remove()


def show(rows: Iterable[Iterable[object]]) -> None:
    """Print a row a line, as JSON: a name may hold quotes, or lines of its own."""
    for row in rows:
        click.echo(json.dumps(list(row)))


@click.command("find")
@click.argument("text")
def find(text: str) -> None:
    """List the furniture whose name contains TEXT."""
    with one_session():
        show(stocktaking.find(text))


@click.command("stock")
def stock() -> None:
    """List every room with the number of its pieces."""
    with one_session():
        show(stocktaking.stock())


@click.command("rename")
@click.argument("names", nargs=-1, required=True)
def rename(names: tuple[str, ...]) -> None:
    """Rename rooms: OLD NEW, and as many more such pairs as you like."""
    if len(names) % 2:
        raise click.UsageError("Names come in pairs: OLD NEW.")
    pairs = zip(names[::2], names[1::2], strict=True)
    try:
        with one_session():
            stocktaking.rename(pairs)
    except (LookupError, SQLAlchemyError) as error:
        raise click.ClickException(f"Refused: {getattr(error, 'orig', error)}") from error
    click.echo("Renamed.")


def register(app: Flask) -> None:
    """Hand the commands to the app."""
    for command in (find, stock, rename):
        app.cli.add_command(command)
