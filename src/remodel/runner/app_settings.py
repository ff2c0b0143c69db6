"""What an app tells Flask and SQLAlchemy beside its models: what no page and no table shows."""

from typing import Any

from flask import Flask

#: Settings of Flask's that an app may choose whenever it likes.
_FREE = frozenset({"SECRET_KEY", "EXPLAIN_TEMPLATE_LOADING", "TEMPLATES_AUTO_RELOAD"})


def app_settings(app: Flask) -> dict[str, str]:
    """The settings of `app` by their names, each as Python writes it."""
    flasks = sorted(Flask.default_config.keys() - _FREE)
    seen = {name: app.config.get(name) for name in flasks}
    escapes = app.jinja_env.autoescape
    seen["autoescape"] = bool(escapes("page.html") if callable(escapes) else escapes)
    seen["static_url_path"] = app.static_url_path
    seen["static_folder"] = bool(app.static_folder)
    return {name: repr(value) for name, value in (seen | _naming_convention(app)).items()}


def _naming_convention(app: Flask) -> dict[str, Any]:
    database = app.extensions.get("sqlalchemy")
    convention = database.metadata.naming_convention if database else {}
    return {
        f'naming_convention["{kind}"]': pattern
        for kind, pattern in convention.items()
        if isinstance(kind, str) and isinstance(pattern, str)
    }
