"""Copies of the databases: made before an upgrade, put back when it cannot be undone."""

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import URL

from hearth.copying import copy_database, load, nobody_else, save
from hearth.database import db
from hearth.steps import Stopped

DatabaseFiles = dict[str | None, Path]
KEEP = 10


def database_files() -> DatabaseFiles:
    """Say where each database lies, the main one first."""
    engines = sorted(db.engines.items(), key=lambda item: item[0] or "")
    return {bind: sqlite_file(engine.url) for bind, engine in engines}


def sqlite_file(url: URL) -> Path:
    """Say where one database lies; this app can copy a SQLite file and nothing else."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        # A server has its own tool, such as pg_dump, and its own rights to use it.
        raise Stopped(f"flask release cannot back up a {url.get_backend_name()} server")
    return Path(url.database)


def folder() -> Path:
    """Find instance/backups/, where the copies stay."""
    place = Path(current_app.instance_path) / "backups"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def names() -> list[str]:
    """Name the backups, the newest last: each has the time at which it was made."""
    return sorted(place.name.removesuffix("-main.db") for place in folder().glob("*-main.db"))


def files_of(name: str) -> DatabaseFiles:
    """Say where the copies of one backup lie."""
    return {bind: folder() / f"{name}-{bind or 'main'}.db" for bind in database_files()}


def new_name() -> str:
    """Name a backup after this moment."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"


def create() -> str:
    """Copy every database, and give the backup's name."""
    name = new_name()
    # A sale is written to the archive first. Copied last, the archive holds what the copy of
    # the main database lacks: a piece may be in both copies, never in neither.
    for bind, place in database_files().items():
        copy_database(place, files_of(name)[bind])
    return name


def restore(name: str) -> str:
    """Put every database back as it was; give the name of a copy of what was there instead."""
    copies, kept = files_of(name), new_name()
    if not all(place.exists() for place in copies.values()):
        raise Stopped(f"there is no backup {name}; `flask backups` lists those that there are")
    db.session.remove()
    with ExitStack() as held:
        databases = {
            bind: held.enter_context(nobody_else(place)) for bind, place in database_files().items()
        }
        for bind, database in databases.items():
            save(database, files_of(kept)[bind])
        # The main one last: it holds the release log, and so the news of an end half-way.
        for bind, database in reversed(databases.items()):
            load(copies[bind], database)
    return kept


def prune() -> None:
    """Delete all but the newest backups."""
    for name in names()[:-KEEP]:
        for place in files_of(name).values():
            place.unlink(missing_ok=True)
