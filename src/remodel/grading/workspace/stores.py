"""The servers whose databases commands get, each started when one is needed and then kept."""

import atexit
import contextlib
import functools
import shutil
from typing import TYPE_CHECKING

from remodel.errors import NoServer

if TYPE_CHECKING:
    from remodel.database.server_store import ServerStore
    from remodel.servers.server import Server


@functools.cache
def store_of_kind(kind: str) -> "ServerStore":
    """The databases of a server of that `kind`, which ends with this process; raises NoServer."""
    return store_of_server(server_of_kind(kind))


@functools.cache
def server_of_kind(kind: str) -> "Server":
    """A server of that `kind`, which ends with this process; raises NoServer."""
    # Its driver is for those who ask for it.
    from remodel.servers.kinds import KINDS
    from remodel.servers.server import open_server

    until_the_end = contextlib.ExitStack()
    server = until_the_end.enter_context(open_server(KINDS[kind]))
    atexit.register(until_the_end.close)
    return server


def store_of_server(server: "Server") -> "ServerStore":
    """The databases of `server`."""
    from remodel.database.server_store import MariaDBStore, PostgreSQLStore

    if server.engine.key == "mariadb":
        return MariaDBStore(server.database)
    return PostgreSQLStore(server.database, lambda: _pg_dump(server))


def _pg_dump(server: "Server") -> str:
    from remodel.servers.installations import EXE, of_postgresql

    folders = [server.programs] if server.programs else [i.programs for i in of_postgresql()]
    for folder in folders:
        if (folder / f"pg_dump{EXE}").exists():
            return str(folder / f"pg_dump{EXE}")
    if on_path := shutil.which("pg_dump"):
        return on_path
    raise NoServer(f"There is no pg_dump here, which copies databases. {server.engine.missing}")
