"""PostgreSQL for questions: one server and one database for the process, emptied for each draw."""

import atexit
import contextlib
import functools
import sqlite3
from typing import Any

import sqlalchemy as sa

from remodel.servers.kinds import POSTGRESQL
from remodel.servers.server import open_server


def emptied_connection() -> Any:
    """A connection to a database without a table; raises NoServer."""
    import psycopg

    url = sa.make_url(_url()).set(drivername="postgresql")
    raw = psycopg.connect(url.render_as_string(hide_password=False))
    raw.execute("DROP SCHEMA public CASCADE")
    raw.execute("CREATE SCHEMA public")
    return raw


def raw_errors() -> tuple[type[Exception], ...]:
    """What the driver of SQLite raises, and that of PostgreSQL, where it is installed."""
    if not POSTGRESQL.has_driver:
        return (sqlite3.Error,)
    import psycopg

    return (sqlite3.Error, psycopg.Error)


@functools.cache
def _url() -> str:
    """The database; it ends with this process, and so does a server that was started for it."""
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(stack.enter_context(open_server(POSTGRESQL)).database())
