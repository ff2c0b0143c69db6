"""`flask db upgrade` in a process of its own, which stops before it changes a table."""

import multiprocessing
import sys
from multiprocessing.connection import Connection

import click
from flask.cli import FlaskGroup
from sqlalchemy import event
from sqlalchemy.engine import Engine

from hearth.flying_time import let_no_lock_come, let_time_fly

ABOUT = "SELECT pg_backend_pid(), setting::int FROM pg_settings WHERE name = 'lock_timeout'"
LONGEST_PAUSE = 1


class Upgrade:
    """The process, its session, and how many milliseconds that waits for a lock.

    `in_vain` says that no lock ever comes.
    """

    def __init__(self, in_vain: bool) -> None:
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=upgrade, args=(theirs, in_vain), daemon=True)
        self._process.start()
        theirs.close()
        self.tries = self.pid = self.lock_timeout = 0
        self.code: int | None = None
        self.has_news = self._line.poll

    def stops(self) -> bool:
        """Whether it comes to a change of a table, and does not end before that."""
        try:
            kind, *words = self._line.recv()
        except EOFError:  # it ended so suddenly that it said nothing
            self._process.join()
            kind, words = "ended", [self._process.exitcode]
        if kind == "ended":
            (self.code,) = words
            return False
        self.tries += 1
        self.pid, self.lock_timeout, pause = words
        if pause > LONGEST_PAUSE:
            why = f"Try {self.tries}: the upgrade has paused for {pause:g} seconds."
            raise click.ClickException(why)
        return True

    def go(self) -> None:
        """Let it begin, or change the table, or wait for that."""
        self._line.send("go")

    def kill(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def upgrade(line: Connection, in_vain: bool) -> None:
    """What the process does, as soon as somebody says go."""
    pauses = let_time_fly()

    def say(pid: int = 0, longest: int = 0) -> None:
        line.send(("stops", pid, longest, pauses.longest))
        line.recv()  # until somebody says go

    if in_vain:
        let_no_lock_come(say)

    @event.listens_for(Engine, "before_cursor_execute")
    def stop(connection, cursor, statement, *rest):
        if statement.lstrip().upper().startswith("ALTER TABLE"):
            say(*connection.connection.cursor().execute(ABOUT).fetchone())
            if in_vain:
                cursor.execute("SET lock_timeout = '1ms'")

    code = 1
    line.recv()
    try:
        FlaskGroup(name="flask").main(args=["db", "upgrade"], prog_name="flask")
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        line.send(("ended", code))
