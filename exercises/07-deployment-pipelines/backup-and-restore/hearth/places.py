"""Where the database lies, and where its backups do."""

from pathlib import Path

from flask import current_app

from hearth.database import db


def database() -> Path:
    """Where the app's database lies, if there is one."""
    return Path(db.engine.url.database)


def numbered(number: int) -> Path:
    """Where the backup of that number lies; the newest is number 1."""
    return backups() / f"{number}.db"


def backups() -> Path:
    """Where the backups lie: beside the app, where no page serves them, and for the owner alone."""
    folder = Path(current_app.root_path).parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
