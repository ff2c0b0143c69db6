"""One PostgreSQL in a folder of its own, on this machine only, behind a random password."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

EXE = ".exe" if os.name == "nt" else ""
OWNER = "remodel"
#: How long the server may take to start and to stop, in seconds.
PATIENCE = 30.0
#: The data is thrown away, so no time is spent on making it survive a power cut.
SERVER_SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class CannotStart(Exception):
    """This PostgreSQL cannot be started here; the message says why."""


class Cluster:
    """One PostgreSQL in a folder of its own, as an ordinary user."""

    def __init__(self, programs: Path, home: Path) -> None:
        self.home, self.data = home, home / "data"
        self.password = secrets.token_hex(16)
        self._account = _ordinary_account()
        if self._account:
            shutil.chown(home, self._account["user"], self._account["group"])
        self._programs = self._reachable(programs)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Make the cluster and start it; its URL. Raises CannotStart."""
        secret = self.home / "password"
        secret.touch(0o600)
        secret.write_text(self.password, encoding="utf-8")
        if self._account:
            shutil.chown(secret, self._account["user"], self._account["group"])
        self._call(
            "initdb", "-D", str(self.data), "-U", OWNER, f"--pwfile={secret}",
            "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync",
        )  # fmt: skip
        secret.unlink()
        port = self._listen()
        return f"postgresql+psycopg://{OWNER}:{self.password}@127.0.0.1:{port}/postgres"

    def stop(self) -> None:
        """End the server, its sessions with it."""
        if self._server is None or self._server.poll() is not None:
            return
        with contextlib.suppress(CannotStart):
            self._call("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-W")
        try:
            self._server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _listen(self) -> int:
        for _attempt in range(5):
            port = _free_port()
            if self._started(port):
                return port
        raise CannotStart(_end_of(self.home / "log"))

    def _started(self, port: int) -> bool:
        settings = {
            **SERVER_SETTINGS,
            "unix_socket_directories": "",
            "listen_addresses": "127.0.0.1",
        }
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with (self.home / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._program("postgres"), "-D", str(self.data), "-p", str(port), *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._surroundings(),
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while self._server.poll() is None and time.monotonic() < deadline:
            if _says_ready(self.data / "postmaster.pid"):
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def _reachable(self, programs: Path) -> Path:
        """`programs`, or a copy, where the account may not look into the folders above them."""
        if self._account is None or self._runs(programs):
            return programs
        package = programs.parents[1]
        for each in (package, package.with_name(f"{package.name}.libs")):
            if each.exists():
                shutil.copytree(each, self.home / "copy" / each.name, symlinks=True)
        for folder, _, files in os.walk(self.home / "copy"):
            for path in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118
                shutil.chown(path, self._account["user"], self._account["group"])
        return self.home / "copy" / programs.relative_to(package.parent)

    def _runs(self, programs: Path) -> bool:
        try:
            self._programs = programs
            self._call("postgres", "--version")
        except CannotStart:
            return False
        return True

    def _call(self, name: str, *words: str) -> None:
        try:
            done = subprocess.run(
                [self._program(name), *words],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                check=False, **self._surroundings(),
            )  # fmt: skip
        except OSError as error:
            raise CannotStart(f"{name}: {error.strerror}") from error
        if done.returncode:
            raise CannotStart(f"{name}: {done.stdout.decode('utf-8', 'replace').strip()[-300:]}")

    def _program(self, name: str) -> str:
        return str(self._programs / f"{name}{EXE}")

    def _surroundings(self) -> dict[str, Any]:
        kept = {k: v for k, v in os.environ.items() if k.upper() in ("PATH", "SYSTEMROOT", "TEMP")}
        return {"cwd": self.home, "env": {**kept, "LC_ALL": "C"}, **(self._account or {})}


def _ordinary_account() -> dict[str, Any] | None:
    """The account for the server where we are root, which PostgreSQL refuses to run as."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise CannotStart("PostgreSQL never runs as root, and there is no user nobody.") from error
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _says_ready(pid_file: Path) -> bool:
    """Whether the server's own file says so: its eighth line is what pg_ctl waits for as well."""
    with contextlib.suppress(OSError):
        return pid_file.read_text(encoding="utf-8").splitlines()[7:8] == ["ready   "]
    return False


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace").strip()[-300:]
