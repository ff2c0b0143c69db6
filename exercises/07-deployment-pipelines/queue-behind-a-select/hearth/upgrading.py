"""`flask db upgrade` in a process of its own, which stops before it changes a table."""

import multiprocessing
import sys
from multiprocessing.connection import Connection

from flask.cli import FlaskGroup
from sqlalchemy import event
from sqlalchemy.engine import Engine

from hearth.flying_time import let_time_fly

ABOUT = "SELECT pg_backend_pid(), setting::int FROM pg_settings WHERE name = 'lock_timeout'"


class Upgrade:
    """The process, its session, and how many milliseconds that waits for a lock."""

    def __init__(self, time_flies: bool = False) -> None:
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=upgrade, args=(theirs, time_flies), daemon=True)
        self._process.start()
        self.pid = self.lock_timeout = self.longest_pause = 0
        self.code: int | None = None
        self.has_news = self._line.poll

    def stops(self) -> bool:
        """Whether it comes to a change of a table, and does not end before that."""
        kind, *words = self._line.recv()
        if kind == "ended":
            (self.code,) = words
            return False
        self.pid, self.lock_timeout, self.longest_pause = words
        return True

    def go(self) -> None:
        """Let it change the table, or wait for that."""
        self._line.send("go")

    def kill(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def upgrade(line: Connection, time_flies: bool) -> None:
    """What the process does."""
    pauses = let_time_fly() if time_flies else []

    @event.listens_for(Engine, "before_cursor_execute")
    def stop(connection, cursor, statement, *rest):
        if statement.lstrip().upper().startswith("ALTER TABLE"):
            pid, longest = connection.connection.cursor().execute(ABOUT).fetchone()
            line.send(("stops", pid, longest, max(pauses, default=0)))
            line.recv()  # until somebody says go
            if time_flies:
                cursor.execute("SET lock_timeout = '1ms'")

    code = 1
    try:
        FlaskGroup(name="flask").main(args=["db", "upgrade"], prog_name="flask")
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        line.send(("ended", code))
