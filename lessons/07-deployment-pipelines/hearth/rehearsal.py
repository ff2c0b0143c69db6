"""The whole upgrade on copies first: what fails there has touched nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, current_app

from hearth import backups, history, smoke


def rehearse(backup: backups.DatabaseFiles, head: str) -> None:
    """Run the upgrade and the smoke test on copies of the copies."""
    with TemporaryDirectory() as folder:
        trial = {bind: Path(folder) / file.name for bind, file in backup.items()}
        for bind, file in backup.items():
            backups.copy_database(file, trial[bind])
        with app_on(trial).app_context():
            history.upgrade(head)
            smoke.open_pages()


def app_on(trial: backups.DatabaseFiles) -> Flask:
    """Build the same app over other databases."""
    from hearth import create_app  # at the top of the file it would import itself

    urls = {bind: f"sqlite:///{file}" for bind, file in trial.items()}
    main = urls.pop(None)
    changed = {"SQLALCHEMY_DATABASE_URI": main, "SQLALCHEMY_BINDS": urls}
    return create_app({**current_app.config, **changed})
