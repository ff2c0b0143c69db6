"""A database server for as long as a block lasts: your own, or a throw-away one."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from remodel.errors import NoServer
from remodel.servers.installations import Installation
from remodel.servers.kinds import INSTALL, KINDS, ServerKind, kind_of_url


@dataclass(frozen=True)
class Server:
    """A server that runs. `url` has its password, and a database to connect to."""

    engine: ServerKind
    url: str
    source: str
    #: The folder with its programs, where we started it.
    programs: Path | None = None

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """An empty database of its own, dropped after the block; its URL."""
        name = f"remodel_{secrets.token_hex(4)}"
        self._execute(self.engine.create.format(name))
        try:
            url = sa.make_url(self.url).set(database=name)
            yield url.render_as_string(hide_password=False)
        finally:
            self._execute(self.engine.drop.format(name))

    def _execute(self, statement: str) -> None:
        engine = sa.create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql(statement)
        except sa.exc.DBAPIError as error:
            name = self.engine.name
            raise NoServer(f"The {name} from {self.source} refuses: {error.orig}") from error
        finally:
            engine.dispose()


@contextlib.contextmanager
def open_server(
    engine: ServerKind, among: Iterable[Installation] | None = None
) -> Iterator[Server]:
    """A server for the block; raises NoServer with one sentence that says what to install.

    First the one that the engine's variable names; else one of the installations, started in a
    temporary folder and ended with the block or with this process, however that ends.
    """
    if not engine.has_driver:
        package = engine.driver.partition("+")[2]
        raise NoServer(f"Python's driver for {engine.name}, {package}, is missing. Run: {INSTALL}")
    given = os.environ.get(engine.variable)
    if given and among is None:
        yield Server(engine, _with_driver(engine, given, engine.variable), engine.variable)
        return
    refused = []
    for each in engine.installations() if among is None else among:
        with _kept(engine, each) as report:
            if "url" in report:
                yield Server(engine, report["url"], each.source, each.programs)
                return
        refused.append(f"(That of {each.source} does not start: {report.get('refused')}) ")
    raise NoServer("".join(refused) + engine.missing)


def server_at(given: str) -> Server:
    """The server at the URL `given`, of whichever kind it is; raises NoServer."""
    if engine := kind_of_url(given):
        return Server(engine, _with_driver(engine, given, "--database"), "--database")
    begins = " or ".join(f"{engine.driver}://" for engine in KINDS.values())
    raise NoServer(f"--database must be sqlite, postgresql, mariadb, or a URL: {begins}…")


def _with_driver(engine: ServerKind, given: str, place: str) -> str:
    try:
        url = sa.make_url(given)
    except sa.exc.ArgumentError as error:
        raise NoServer(f"{place} holds no URL: {error}") from error
    if url.drivername in engine.also:
        url = url.set(drivername=engine.driver)
    if url.drivername != engine.driver:
        raise NoServer(f"{place} must begin with {engine.driver}://")
    return url.render_as_string(hide_password=False)


@contextlib.contextmanager
def _kept(engine: ServerKind, installation: Installation) -> Iterator[dict[str, str]]:
    module = ["-I", "-B", "-m", "remodel.servers.keeper"]
    keeper = subprocess.Popen(
        [sys.executable, *module, engine.key, str(installation.programs)],
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
