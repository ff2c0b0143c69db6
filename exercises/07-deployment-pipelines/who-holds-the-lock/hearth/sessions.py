"""Sessions of a PostgreSQL, each with a name, which wait for one another."""

import time
from contextlib import suppress
from threading import Thread

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from hearth.database import db

BLOCKED = text("SELECT cardinality(pg_blocking_pids(:pid)) > 0")


class Session:
    """A session whose transaction stays open until it ends."""

    def __init__(self, name: str) -> None:
        options = {"application_name": name}
        self._engine = create_engine(db.engine.url, connect_args=options, poolclass=NullPool)
        self._connection = self._engine.connect()
        self._pid = self._connection.scalar(text("SELECT pg_backend_pid()"))
        self._thread: Thread | None = None

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
