"""`flask meanwhile COMMAND`: a command of the app, while somebody else works in the house.

Before each statement of the command a neighbour tries to write, on a connection of her own. She
does not wait: where the database is locked, she goes away and comes again at the next statement.
"""

import sqlite3
from typing import Any

import click
from flask import current_app
from sqlalchemy import event

from hearth.database import db

#: After so many visits the neighbour has seen enough.
MOST = 300
FILLED = "SELECT count(*) FROM furniture WHERE code IS NOT NULL"
NEW_PIECE = "INSERT INTO furniture (name, room_id) SELECT 'Stool', min(id) FROM room"
BY_HAND = """UPDATE furniture SET code = 'by hand ' || id
WHERE id = (SELECT {}(id) FROM furniture WHERE code IS NULL)"""


@click.command("meanwhile")
@click.argument("command")
@click.pass_context
def meanwhile(context: click.Context, command: str) -> None:
    """Run COMMAND, while somebody else writes wherever the database lets her."""
    neighbour = Neighbour(str(db.engine.url.database))
    event.listen(db.engine, "before_cursor_execute", neighbour.comes_by)
    try:
        context.invoke(current_app.cli.commands[command])
    finally:
        event.remove(db.engine, "before_cursor_execute", neighbour.comes_by)
        neighbour.comes_by(last=True)
        click.echo(
            f"Somebody else could write {neighbour.visits} times. "
            f"Between two of them, at most {neighbour.most} pieces were filled."
        )


class Neighbour:
    """Somebody who brings two pieces, writes the code of one by hand, and so on."""

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, timeout=0, isolation_level=None)
        self.connection.execute("PRAGMA synchronous=OFF")
        (tables,) = self.connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'visit'"
        ).fetchone()
        self.keeps_a_diary = bool(tables)
        self.visits, self.most = 0, 0
        self.filled = self.connection.execute(FILLED).fetchone()[0]

    def comes_by(self, *_: Any, last: bool = False) -> None:
        """Write, if the database is free."""
        if self.visits >= MOST:
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            filled = self.connection.execute(FILLED).fetchone()[0]
            by_hand = self.visits % 10 in (4, 5) and not last and self.fill_by_hand()
            if self.visits % 10 in (1, 7) and not last:
                self.connection.execute(NEW_PIECE)
            if self.keeps_a_diary:
                self.connection.execute("INSERT INTO visit VALUES (?, ?)", (filled, by_hand))
            self.connection.execute("COMMIT")
        except sqlite3.OperationalError:  # it is locked
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            return
        self.most = max(self.most, filled - self.filled)
        self.visits, self.filled = self.visits + 1, filled + by_hand

    def fill_by_hand(self) -> bool:
        """Write one code, of the first piece or of the last; False where no piece is without."""
        which = "min" if self.visits % 20 < 10 else "max"
        return self.connection.execute(BY_HAND.format(which)).rowcount > 0
