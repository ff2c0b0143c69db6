"""Asks who.sql, in a session of its own."""

from pathlib import Path

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError

from hearth.sessions import Session


def who_is_waited_for() -> list[tuple]:
    """Ask who.sql, and print its rows."""
    onlooker = Session("onlooker")
    try:
        rows = onlooker.run((Path(current_app.root_path) / "who.sql").read_text("utf-8"))
    except DBAPIError as error:
        raise click.ClickException(f"who.sql: {error.orig}") from error
    finally:
        onlooker.end()
    click.echo("who.sql says:")
    for row in rows:
        click.echo("  " + " | ".join(map(str, row)))
    return rows


def must_name(head: Session, *left_open: Session) -> None:
    """Ask who.sql, which has to name `head` alone, and to leave the others as they are."""
    rows = who_is_waited_for()
    if not all(session.is_there() for session in left_open):
        raise click.ClickException("who.sql has ended a session.")
    if rows != [(head.name,)]:
        who = head.name.split()[0]
        raise click.ClickException(f"All wait for {who}, in the end, and who.sql says otherwise.")
