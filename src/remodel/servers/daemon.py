"""One database server in a folder of its own, on this machine only, behind a random password."""

import os
import secrets
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

EXE = ".exe" if os.name == "nt" else ""
OWNER = "remodel"
#: How long a server may take to start and to stop, in seconds.
PATIENCE = 30.0


class CannotStart(Exception):
    """This server cannot be started here; the message says why."""


class Daemon(ABC):
    """A server that was not there before and leaves nothing; it runs as an ordinary user."""

    def __init__(self, programs: Path, home: Path) -> None:
        self.home, self.data = home, home / "data"
        self.password = secrets.token_hex(16)
        self._programs = programs
        self._account = _ordinary_account()
        self._hand_over(home)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Make the data folder and start the server on it; its URL. Raises CannotStart."""
        self._make_data()
        for _attempt in range(5):
            port = _free_port()
            if self._started(port):
                return self._url(port)
        raise CannotStart(self._log.read_text(encoding="utf-8", errors="replace").strip()[-300:])

    def stop(self) -> None:
        """End the server, its sessions with it."""
        if self._server is None or self._server.poll() is not None:
            return
        self._ask_to_end(self._server)
        try:
            self._server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    @abstractmethod
    def _make_data(self) -> None: ...

    @abstractmethod
    def _command(self, port: int) -> list[str]: ...

    @abstractmethod
    def _is_ready(self) -> bool: ...

    @abstractmethod
    def _url(self, port: int) -> str: ...

    def _ask_to_end(self, server: "subprocess.Popen[bytes]") -> None:
        server.terminate()

    @property
    def _log(self) -> Path:
        return self.home / "log"

    def _started(self, port: int) -> bool:
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(
                self._command(port),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._surroundings(),
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while self._server.poll() is None and time.monotonic() < deadline:
            if self._is_ready():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def _call(self, name: str, *words: str, given: bytes = b"") -> None:
        try:
            done = subprocess.run(
                [self._program(name), *words],
                input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                check=False, **self._surroundings(),
            )  # fmt: skip
        except OSError as error:
            raise CannotStart(f"{name}: {error.strerror}") from error
        if done.returncode:
            raise CannotStart(f"{name}: {done.stdout.decode('utf-8', 'replace').strip()[-300:]}")

    def _hand_over(self, path: Path) -> None:
        """Give `path` to the account that runs the server."""
        if self._account:
            shutil.chown(path, self._account["user"], self._account["group"])

    def _program(self, name: str) -> str:
        return str(self._programs / f"{name}{EXE}")

    def _surroundings(self) -> dict[str, Any]:
        kept = {k: v for k, v in os.environ.items() if k.upper() in ("PATH", "SYSTEMROOT", "TEMP")}
        return {"cwd": self.home, "env": {**kept, "LC_ALL": "C"}, **(self._account or {})}


def _ordinary_account() -> dict[str, Any] | None:
    """The account for the server where we are root, as which PostgreSQL refuses to run."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise CannotStart("No server runs as root, and there is no user nobody.") from error
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
