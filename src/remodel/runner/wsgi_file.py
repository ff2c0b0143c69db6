"""The app that wsgi.py makes, by whatever name: Flask's own rules say which it is."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def started_app() -> "Flask":
    """The app in the current folder's wsgi.py, or what a factory there makes.

    Raises flask.cli.NoAppException where there is none, and what importing the file raises.
    """
    import wsgi  # type: ignore[import-not-found]
    from flask.cli import find_best_app  # slow to import, and not every command starts the app

    return find_best_app(wsgi)
