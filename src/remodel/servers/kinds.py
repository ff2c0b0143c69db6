"""The kinds of database server that there are. To know them loads no driver."""

import importlib.util
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from remodel.servers.installations import Installation, of_mariadb, of_postgresql

#: An environment that uv made has no pip of its own, and another's may come first on PATH.
_PIP = "pip" if importlib.util.find_spec("pip") else "uv pip"
INSTALL = f"{_PIP} install -c constraints.txt -e '.[databases]'"


@dataclass(frozen=True)
class ServerKind:
    """A kind of database server: what it is called, where it is looked for, how one talks to it."""

    name: str
    #: The environment variable that names a server of the learner's own.
    variable: str
    #: The name and the driver with which a URL begins, and the other names for the same.
    driver: str
    also: tuple[str, ...]
    installations: Callable[[], Iterable[Installation]]
    #: The line that installs a server.
    install: str
    create: str
    drop: str

    @property
    def key(self) -> str:
        """What a command calls it."""
        return self.name.lower()

    @property
    def has_driver(self) -> bool:
        """Whether Python's package for it is here."""
        return importlib.util.find_spec(self.driver.partition("+")[2]) is not None

    @property
    def is_here(self) -> bool:
        """Whether a driver is here, and a server that is named or can be started."""
        return self.has_driver and bool(os.environ.get(self.variable) or any(self.installations()))

    @property
    def missing(self) -> str:
        """One sentence for those who have none."""
        return (
            f"There is no {self.name} here: name a server of yours in {self.variable}, or install "
            f"one. Run: {self.install}"
        )


POSTGRESQL = ServerKind(
    name="PostgreSQL",
    variable="REMODEL_POSTGRESQL_URL",
    driver="postgresql+psycopg",
    also=("postgres", "postgresql"),
    installations=of_postgresql,
    install=INSTALL,
    create='CREATE DATABASE "{}"',
    drop='DROP DATABASE "{}" WITH (FORCE)',
)
MARIADB = ServerKind(
    name="MariaDB",
    variable="REMODEL_MARIADB_URL",
    driver="mysql+pymysql",
    also=("mysql", "mariadb", "mariadb+pymysql"),
    installations=of_mariadb,
    install="sudo apt install mariadb-server-core (on Debian and Ubuntu)",
    create="CREATE DATABASE `{}` CHARACTER SET utf8mb4",
    drop="DROP DATABASE `{}`",
)
KINDS = {kind.key: kind for kind in (POSTGRESQL, MARIADB)}


def kind_of_url(url: str) -> ServerKind | None:
    """The kind of server that `url` names; None where it names a file."""
    begins = url.partition("://")[0]
    return next((k for k in KINDS.values() if begins in (k.driver, *k.also)), None)
