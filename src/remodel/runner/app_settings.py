"""What an app tells Flask and SQLAlchemy beside its models: what no page and no table shows."""

import inspect
import sys
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

#: Settings of Flask's that an app may choose whenever it likes.
_FREE = frozenset({"SECRET_KEY", "EXPLAIN_TEMPLATE_LOADING", "TEMPLATES_AUTO_RELOAD"})
#: What sessions and connections to SQLite can be told, and no table shows.
_OF_SESSIONS = ("autoflush", "expire_on_commit")
_PRAGMAS = ("ignore_check_constraints", "journal_mode", "recursive_triggers", "synchronous")


def app_settings(app: Flask) -> dict[str, str]:
    """The settings of `app` by their names, each as Python writes it."""
    flasks = sorted(Flask.default_config.keys() - _FREE)
    seen = {name: app.config.get(name) for name in flasks}
    escapes = app.jinja_env.autoescape
    seen["autoescape"] = bool(escapes("page.html") if callable(escapes) else escapes)
    seen["static_url_path"] = app.static_url_path
    seen["static_folder"] = bool(app.static_folder)
    seen |= _naming_convention(app) | _of_connections(app) | _of_the_factory(app)
    return {name: repr(value) for name, value in seen.items()}


#: What somebody who makes the app for a test tells its factory.
_GIVEN = {"TESTING": True, "SQLALCHEMY_DATABASE_URI": "sqlite:///elsewhere.db", "VISITORS": 2}


def _of_the_factory(app: Flask) -> dict[str, Any]:
    """Whether the app takes what its factory is given; {} where there is no such factory."""
    factory = getattr(sys.modules.get(app.import_name), "create_app", None)
    if factory is None or not inspect.signature(factory).parameters:
        return {}
    config = factory(_GIVEN).config
    taken = all(config.get(name) == value for name, value in _GIVEN.items())
    return {"What create_app is given": "taken" if taken else "left out"}


def _of_connections(app: Flask) -> dict[str, Any]:
    """What sessions and connections are told; {} where there is no connection to be had."""
    database: Any = app.extensions.get("sqlalchemy")
    try:
        with app.app_context(), database.engine.connect() as connection:
            asked = {p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in _PRAGMAS}
            session = database.session()
            seen = {name: getattr(session, name) for name in _OF_SESSIONS}
            seen["autocommit"] = connection.connection.isolation_level is None
    except (AttributeError, SQLAlchemyError):
        return {}
    # How the engine writes is for the app to choose, but not whether it may lose what it wrote.
    asked["journal_mode"] = asked["journal_mode"] not in ("off", "memory")
    asked["synchronous"] = bool(asked["synchronous"])
    return seen | {f"PRAGMA {name}": value for name, value in asked.items()}


def _naming_convention(app: Flask) -> dict[str, Any]:
    database = app.extensions.get("sqlalchemy")
    convention = database.metadata.naming_convention if database else {}
    return {
        f'naming_convention["{kind}"]': pattern
        for kind, pattern in convention.items()
        if isinstance(kind, str) and isinstance(pattern, str)
    }
