"""`flask rush`: a command of yours while people use the app, with nothing left to chance."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext

import click
from flask import current_app

from hearth.places import database

#: What rooms are called that were accepted, and those that nobody has said yes to yet. The last
#: one is saved after a restore, by somebody who had the database open all the time.
ACCEPTED, WAITING, LATER = "Orangery", "Belvedere", "Pavilion"


@click.command("rush")
@click.argument("name", type=click.Choice(["backup", "restore"]))
@click.option("--disk-full", is_flag=True, help="No file may grow beyond 8 KiB.")
@click.pass_context
def rush(context: click.Context, name: str, disk_full: bool) -> None:
    """Run `flask NAME` while somebody reads and somebody writes."""
    command = current_app.cli.commands[name]
    with closing(visitor()) as reader, closing(visitor()) as writer:
        # As on the server: what was accepted last lies in a file beside the database.
        writer.execute("PRAGMA journal_mode = WAL")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM room").fetchall()
        add_room(writer, ACCEPTED)
        if name == "backup":
            writer.execute("BEGIN IMMEDIATE")
            add_room(writer, WAITING)
        with full_disk() if disk_full else nullcontext():
            context.invoke(command)
        if name == "restore":
            save_later(writer)


def visitor() -> sqlite3.Connection:
    """Open the database as a page of the app does."""
    return sqlite3.connect(database(), isolation_level=None)


def add_room(connection: sqlite3.Connection, name: str) -> None:
    """Save a room, as its form does; no two have one name."""
    new = "SELECT ? || ' ' || (max(id) + 1), '3 m x 3 m' FROM room"
    connection.execute(f"INSERT INTO room (name, size) {new}", (name,))


def save_later(connection: sqlite3.Connection) -> None:
    """Save a room where the database was open before; whoever opens it now has to see it."""
    add_room(connection, LATER)
    with closing(visitor()) as another:
        gone = another.execute("DELETE FROM room WHERE name LIKE ? || ' %'", (LATER,)).rowcount
    if not gone:
        raise click.ClickException(f"After the restore, a {LATER} was saved, and it is not there.")


@contextmanager
def full_disk() -> Iterator[None]:
    """Let this process write no more than a page or two into any file."""
    try:
        import resource
    except ImportError:
        raise click.ClickException("This system has no limit for the size of a file.") from None
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
