"""The other evening: somebody has written in psql and gone home."""

import secrets

import click

from hearth.asking import who_is_waited_for
from hearth.sessions import Session


def another_evening() -> None:
    """A report is in nobody's way; an upgrade waits for psql, and a visitor behind it."""
    name = f"psql {secrets.token_hex(4)}"
    report, psql, upgrade, visitor = map(Session, ("report", name, "upgrade", "visitor"))
    try:
        report.run("SELECT name FROM furniture")
        psql.run("UPDATE furniture SET value = value")
        # It waits for whoever writes, and for no reader.
        upgrade.begin("CREATE INDEX ix_furniture_owner ON furniture (owner)")
        visitor.begin("UPDATE furniture SET value = value")
        rows = who_is_waited_for()
        if not (report.is_there() and psql.is_there()):
            raise click.ClickException("who.sql has ended a session.")
    finally:
        for session in (visitor, upgrade, psql, report):
            session.end()
    if rows != [(name,)]:
        raise click.ClickException("All wait for psql, in the end, and who.sql says otherwise.")
