"""The whole upgrade on copies first: what fails there has touched nothing."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, current_app

from hearth import backups, history, smoke
from hearth.copying import copy_database
from hearth.database import db


def rehearse(head: str) -> None:
    """Run the upgrade and the smoke test on copies."""
    # A release that was killed leaves its copies. Beside the backups there is room for more.
    for left in backups.folder().glob("rehearsal-*"):
        shutil.rmtree(left)
    with TemporaryDirectory(prefix="rehearsal-", dir=backups.folder()) as folder:
        trial = {}
        for bind, place in backups.database_files().items():
            trial[bind] = Path(folder) / f"{bind or 'main'}.db"
            copy_database(place, trial[bind])
        with app_on(trial).app_context():
            try:
                history.upgrade(head)
                smoke.open_pages()
            finally:
                close_connections()


def app_on(trial: backups.DatabaseFiles) -> Flask:
    """Build the same app over other databases."""
    from hearth import create_app  # at the top of the file it would import itself

    urls = {bind: f"sqlite:///{file}" for bind, file in trial.items()}
    main = urls.pop(None)
    changed = {"SQLALCHEMY_DATABASE_URI": main, "SQLALCHEMY_BINDS": urls}
    return create_app({**current_app.config, **changed})


def close_connections() -> None:
    """Close what the pools keep: Windows deletes no file that is open."""
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()
