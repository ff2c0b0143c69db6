"""Serves an app over HTTP: by gunicorn where its database is on a server, and gunicorn is here.

On SQLite, on Windows and without gunicorn it is what `flask run` serves with.
"""

import importlib.util
import os
from collections.abc import Callable

from remodel.runner.wsgi_file import started_app


def serve(tell: Callable[[int | str], None]) -> None:
    """Serve the app of the current folder until somebody ends this process; tell its port."""
    on_a_server = not os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:")
    if on_a_server and importlib.util.find_spec("gunicorn"):
        from remodel.runner.gunicorn_app import serve_by_gunicorn

        serve_by_gunicorn(tell)
    else:
        _serve_as_flask_run_does(tell)


def _serve_as_flask_run_does(tell: Callable[[int | str], None]) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Silent(WSGIRequestHandler):
        def log(self, *_: object) -> None:
            """Keep no log."""

    server = make_server("127.0.0.1", 0, started_app(), request_handler=Silent)
    tell(server.server_port)
    server.serve_forever()
