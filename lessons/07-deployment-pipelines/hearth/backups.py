"""Copies of the databases: made before a release, put back when it fails."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import URL

from hearth.database import db
from hearth.steps import Stopped

DatabaseFiles = dict[str | None, Path]


def database_files() -> DatabaseFiles:
    """Say where each database lies."""
    return {bind: sqlite_file(engine.url) for bind, engine in db.engines.items()}


def sqlite_file(url: URL) -> Path:
    """Say where one database lies; this app can copy a SQLite file and nothing else."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        # A server has its own tool, such as pg_dump, and its own rights to use it.
        raise Stopped(f"flask release cannot back up a {url.get_backend_name()} server")
    return Path(url.database)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database while others may use it; a plain file copy could catch it half-written."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def create() -> DatabaseFiles:
    """Copy every database to instance/backups/, where the copies stay."""
    folder = Path(current_app.instance_path) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    backup = {bind: folder / f"{now}-{bind or 'main'}.db" for bind in database_files()}
    for bind, place in database_files().items():
        copy_database(place, backup[bind])
        click.echo(f"release: {backup[bind]}")
    return backup


def restore(backup: DatabaseFiles) -> None:
    """Put every database back as it was."""
    db.session.remove()
    for bind, place in database_files().items():
        # A connection that is still open would keep the old pages, or a lock.
        db.engines[bind].dispose()
        copy_database(backup[bind], place)
