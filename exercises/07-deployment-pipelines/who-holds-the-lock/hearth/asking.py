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
