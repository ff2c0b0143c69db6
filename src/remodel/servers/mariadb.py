"""A MariaDB in a folder of its own."""

from remodel.servers.daemon import OWNER, CannotStart, Daemon


class MariaDB(Daemon):
    """A MariaDB of one's own.

    `mariadb-install-db` is not used: it asks for a program of Debian's package of clients. What it
    does is this: the server's own scripts make the system tables, from its standard input.
    """

    SETTINGS = (
        "--innodb-flush-log-at-trx-commit=0",
        "--skip-innodb-doublewrite",
        "--innodb-log-file-size=8M",
        "--innodb-buffer-pool-size=32M",
    )
    SCRIPTS = (
        "mysql_system_tables.sql",
        "mysql_performance_tables.sql",
        "mysql_system_tables_data.sql",
    )

    def _make_data(self) -> None:
        for each in (self.data, self.home / "tmp"):
            each.mkdir()
            self._hand_over(each)
        # The super-user is known by the account of the operating system alone: by no network.
        parts = [
            "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket='root';",
            *(self._script(name) for name in self.SCRIPTS),
            "FLUSH PRIVILEGES;",
            f"CREATE USER {OWNER}@'127.0.0.1' IDENTIFIED BY '{self.password}';",
            f"GRANT ALL ON *.* TO {OWNER}@'127.0.0.1';",
        ]
        self._call(
            "mariadbd", *self._options(), "--bootstrap", given="\n".join(parts).encode() + b"\n"
        )

    def _script(self, name: str) -> str:
        prefix = self._programs.parent
        for share in ("share/mysql", "share/mariadb", "share"):
            if (prefix / share / name).is_file():
                return (prefix / share / name).read_text(encoding="utf-8")
        raise CannotStart(f"{name} is not in {prefix / 'share'}")

    def _options(self) -> tuple[str, ...]:
        # The file of settings of this machine's own server is for that server.
        folders = f"--datadir={self.data}", f"--tmpdir={self.home / 'tmp'}"
        return "--no-defaults", *folders, *self.SETTINGS

    def _command(self, port: int) -> list[str]:
        return [
            self._program("mariadbd"), *self._options(), f"--port={port}",
            "--bind-address=127.0.0.1", f"--socket={self.home / 'socket'}",
            f"--pid-file={self.home / 'pid'}", "--character-set-server=utf8mb4",
            "--skip-name-resolve",
        ]  # fmt: skip

    def _is_ready(self) -> bool:
        return b": ready for connections." in self._log.read_bytes()

    def _url(self, port: int) -> str:
        return f"mysql+pymysql://{OWNER}:{self.password}@127.0.0.1:{port}/mysql"
