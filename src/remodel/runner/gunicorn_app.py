"""An app that gunicorn serves: a parent that holds the socket, and a worker that answers."""

import os
import signal
import socket
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from gunicorn.app.base import BaseApplication

from remodel.runner.wsgi_file import started_app


def serve_by_gunicorn(tell: Callable[[int | str], None]) -> None:
    """Serve the app of the current folder until SIGTERM; tell its port, or what failed."""
    with suppress(SystemExit):  # so end the parent and the worker, each in its own process
        GunicornApp(tell).run()


class GunicornApp(BaseApplication):  # type: ignore[misc]
    """The app of the current folder, loaded by the worker, at a port that the kernel chooses."""

    def __init__(self, tell: Callable[[int | str], None]) -> None:
        self._tell = tell
        listening = socket.create_server(("127.0.0.1", 0))
        self._port, self._descriptor = listening.getsockname()[1], listening.detach()
        super().__init__()

    def load_config(self) -> None:
        """One worker, so that all that was asked meets the same process in each run."""
        settings: dict[str, Any] = {
            "bind": f"fd://{self._descriptor}",
            "timeout": 0,  # no clock ends a worker
            "loglevel": "critical",  # its log has times and numbers of processes
            "control_socket_disable": True,
            "post_worker_init": lambda worker: self._tell(self._port),
            # Else it would start another worker, again and again where none can start.
            "child_exit": lambda parent, worker: os.kill(parent.pid, signal.SIGTERM),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """The app; in the worker."""
        try:
            return started_app()
        except BaseException as error:
            traceback.print_exc()
            self._tell(f"{type(error).__name__}: {error}")
            raise SystemExit(1) from None
