"""`flask backup` and `flask restore`: the house as it was, in a file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click

from hearth.places import backups, database, numbered

KEEP = 3


@click.command("backup")
def backup() -> None:
    """Keep a copy of the database."""
    take()


@click.command("restore")
@click.argument("number", type=int, default=1)
def restore(number: int) -> None:
    """Put the backup NUMBER back in the place of the database."""
    if not numbered(number).exists():
        raise click.ClickException(f"There is no backup {number}.")
    # A new backup moves this one on, or away.
    chosen = proven_copy(numbered(number), "chosen.db")
    if has_tables():
        take()
    copy(chosen, database())
    chosen.unlink()


def take() -> None:
    """Make a backup, and only then move the older ones on."""
    new = proven_copy(database(), "new.db")
    for number in range(KEEP - 1, 0, -1):
        if numbered(number).exists():
            numbered(number).replace(numbered(number + 1))
    new.replace(numbered(1))


def proven_copy(source: Path, name: str) -> Path:
    """Copy a database into a new file, and open that to see whether all of it is there."""
    target = backups() / name
    target.unlink(missing_ok=True)
    copy(source, target)
    with closing(sqlite3.connect(target)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise click.ClickException(f"{source.name} is damaged: {found}")
    return target


def copy(source: Path, target: Path) -> None:
    """Copy what SQLite sees, with what lies beside the file, as of one moment."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def has_tables() -> bool:
    """Say whether there is anything to lose."""
    with closing(sqlite3.connect(database())) as connection:
        return connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,)
