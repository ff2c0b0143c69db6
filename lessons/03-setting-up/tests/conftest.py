"""Each test gets a house of its own, in memory, and the revisions build it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_migrate import upgrade

from hearth import create_app
from hearth.database import db


@pytest.fixture
def app() -> Iterator[Flask]:
    """Hearth on an empty database that `flask db upgrade` has brought to the head."""
    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "TESTING": True})
    with app.app_context():
        upgrade()
        engines = list(db.engines.values())
        yield app
    # A database in memory lasts as long as its connection, so close it last.
    for engine in engines:
        engine.dispose()
