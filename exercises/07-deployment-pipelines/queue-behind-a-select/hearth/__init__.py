"""Hearth: the rooms of a house, and the furniture in them."""

import os
from collections.abc import Mapping

from flask import Flask

from hearth import commands, errors, models, schema
from hearth.converters import RowId
from hearth.database import db, migrate
from hearth.furniture_pages import furniture_pages
from hearth.inspection_pages import inspection_pages
from hearth.pages import pages
from hearth.queue import queue

__all__ = ["create_app", "models"]


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """Build the app; this opens no connection, so the database stays as it is."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL") or "sqlite:///hearth.db"
    app.config.from_mapping(config or {})
    # Hearth has no login and no CSRF tokens, so whatever page your browser has open could post
    # to it. For a teaching app on your own machine that will do; a real app needs both.
    db.init_app(app)
    migrate.init_app(app, db)
    app.url_map.converters["row"] = RowId
    app.register_blueprint(pages)
    app.register_blueprint(furniture_pages)
    app.register_blueprint(inspection_pages)
    app.context_processor(schema.footer)
    errors.register(app)
    commands.register(app)
    app.cli.add_command(queue)
    return app
