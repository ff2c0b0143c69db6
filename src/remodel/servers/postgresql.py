"""A PostgreSQL in a folder of its own."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import ClassVar

from remodel.servers.daemon import OWNER, CannotStart, Daemon


class PostgreSQL(Daemon):
    """A PostgreSQL of one's own."""

    #: The data is thrown away, so no time is spent on making it survive a power cut.
    SETTINGS: ClassVar = {
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "unix_socket_directories": "",
        "listen_addresses": "127.0.0.1",
    }

    def _make_data(self) -> None:
        self._programs = self._reachable(self._programs)
        secret = self.home / "password"
        secret.touch(0o600)
        secret.write_text(self.password, encoding="utf-8")
        self._hand_over(secret)
        self._call(
            "initdb", "-D", str(self.data), "-U", OWNER, f"--pwfile={secret}",
            "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync",
        )  # fmt: skip
        secret.unlink()

    def _command(self, port: int) -> list[str]:
        settings = [
            word for key, value in self.SETTINGS.items() for word in ("-c", f"{key}={value}")
        ]
        return [self._program("postgres"), "-D", str(self.data), "-p", str(port), *settings]

    def _is_ready(self) -> bool:
        """Whether its own file says so: its eighth line is what pg_ctl waits for as well."""
        with contextlib.suppress(OSError):
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            return lines[7:8] == ["ready   "]
        return False

    def _url(self, port: int) -> str:
        return f"postgresql+psycopg://{OWNER}:{self.password}@127.0.0.1:{port}/postgres"

    def _ask_to_end(self, server: "subprocess.Popen[bytes]") -> None:
        # A signal would let it wait for its sessions.
        with contextlib.suppress(CannotStart):
            self._call("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-W")

    def _reachable(self, programs: Path) -> Path:
        """`programs`, or a copy, where the account may not look into the folders above them."""
        if self._account is None or self._runs():
            return programs
        package = programs.parents[1]
        for each in (package, package.with_name(f"{package.name}.libs")):
            if each.exists():
                shutil.copytree(each, self.home / "copy" / each.name, symlinks=True)
        for folder, _, files in os.walk(self.home / "copy"):
            for path in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118
                self._hand_over(Path(path))
        return self.home / "copy" / programs.relative_to(package.parent)

    def _runs(self) -> bool:
        try:
            self._call("postgres", "--version")
        except CannotStart:
            return False
        return True
