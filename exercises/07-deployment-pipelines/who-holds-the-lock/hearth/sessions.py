"""Sessions of a PostgreSQL, each with a name, which wait for one another."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread

from psycopg import Error
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from hearth.database import db

BLOCKED = text("SELECT cardinality(pg_blocking_pids(:pid)) > 0")
#: Each evening others come: no name says what somebody is about.
NAMES = ("ada", "ben", "cleo", "dora", "emil", "fay", "gus", "hana", "ivo", "june")


class Session:
    """A session whose transaction stays open until it ends."""

    def __init__(self, name: str, **options: str | int) -> None:
        self.name = name
        options["application_name"] = name
        self._engine = create_engine(db.engine.url, connect_args=options, poolclass=NullPool)
        self._connection = self._engine.connect()
        self._pid = self._connection.scalar(text("SELECT pg_backend_pid()"))
        self._thread: Thread | None = None
        self._work = ExitStack()

    def run(self, statement: str) -> list[tuple]:
        """Run a statement, and give its rows."""
        result = self._connection.exec_driver_sql(statement)
        return [tuple(row) for row in result] if result.returns_rows else []

    def begin(self, statement: str) -> bool:
        """Begin a statement; says whether it waits for somebody."""
        self._thread = Thread(target=self._try, args=(statement,))
        self._thread.start()
        with self._engine.connect() as onlooker:
            while self._thread.is_alive():
                if onlooker.scalar(BLOCKED, {"pid": self._pid}):
                    return True
                time.sleep(0.02)
        return False

    def _try(self, statement: str) -> None:
        with suppress(DBAPIError):
            self.run(statement)

    def begin_import(self) -> None:
        """Be at work: lines come in, one after the other, until it may finish."""
        self.run("CREATE TEMPORARY TABLE delivery (line text)")
        cursor = self._connection.connection.cursor()
        lines = self._work.enter_context(cursor.copy("COPY delivery FROM STDIN"))
        # An import that somebody has cancelled finds it out when the next line comes.
        self._work.callback(lines.write_row, ["the last line"])

    def finishes(self) -> bool:
        """Take back what it did; says whether nobody has ended it, or what it was about.

        Whoever it waits for has finished, so what it has begun comes to its end, if anything does.
        """
        self._stop()
        with suppress(DBAPIError), self._connection:
            return bool(self.run("SELECT 1"))
        return False

    def end(self) -> None:
        """Let it wait no longer, and take back what it did."""
        if self._thread and self._thread.is_alive():
            self._connection.connection.dbapi_connection.cancel()
        self._stop()
        self._connection.close()

    def _stop(self) -> None:
        if self._thread:
            self._thread.join()
        with suppress(Error):
            self._work.close()


@contextmanager
def sessions(number: int) -> Iterator[list[Session]]:
    """So many sessions, each with a name; whoever came last goes first."""
    there = [Session(name) for name in random.SystemRandom().sample(NAMES, number)]
    try:
        yield there
    finally:
        for session in reversed(there):
            session.end()
