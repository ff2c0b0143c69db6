"""Sessions of a PostgreSQL, each with a name, which wait for one another."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from sqlalchemy import NullPool, TextClause, create_engine, text
from sqlalchemy.exc import DBAPIError

from hearth.database import db

BLOCKED = text("SELECT cardinality(pg_blocking_pids(:pid)) > 0")
#: Each evening others come: no name says what somebody is about.
NAMES = ("ada", "ben", "cleo", "dora", "emil", "fay", "gus", "hana", "ivo", "june")
AT_WORK = text("SELECT state = 'active' FROM pg_stat_activity WHERE pid = :pid")


class Session:
    """A session whose transaction stays open until it ends."""

    def __init__(self, name: str) -> None:
        self.name = name
        options = {"application_name": name}
        self._engine = create_engine(db.engine.url, connect_args=options, poolclass=NullPool)
        self._connection = self._engine.connect()
        self._pid = self._connection.scalar(text("SELECT pg_backend_pid()"))
        self._thread: Thread | None = None

    def run(self, statement: str) -> list[tuple]:
        """Run a statement, and give its rows."""
        result = self._connection.exec_driver_sql(statement)
        return [tuple(row) for row in result] if result.returns_rows else []

    def begin(self, statement: str, until: TextClause = BLOCKED) -> bool:
        """Begin a statement; says whether it waits for somebody, or is what else is asked for."""
        self._thread = Thread(target=self._try, args=(statement,))
        self._thread.start()
        with self._engine.connect() as onlooker:
            while self._thread.is_alive():
                if onlooker.scalar(until, {"pid": self._pid}):
                    return True
                time.sleep(0.02)
        return False

    def _try(self, statement: str) -> None:
        with suppress(DBAPIError):
            self.run(statement)

    def is_there(self) -> bool:
        """Whether nobody has ended it."""
        with suppress(DBAPIError):
            return bool(self.run("SELECT 1"))
        return False

    def end(self) -> None:
        """Let it wait no longer, and take back what it did."""
        if self._thread:
            self._connection.connection.dbapi_connection.cancel()
            self._thread.join()
        self._connection.close()


@contextmanager
def sessions(number: int) -> Iterator[list[Session]]:
    """So many sessions, each with a name; whoever came last goes first."""
    there = [Session(name) for name in random.SystemRandom().sample(NAMES, number)]
    try:
        yield there
    finally:
        for session in reversed(there):
            session.end()
