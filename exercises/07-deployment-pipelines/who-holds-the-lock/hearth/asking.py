"""Asks who.sql, in a session of its own."""

import codecs
from pathlib import Path

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError

from hearth.sessions import Session


def who_is_waited_for() -> list[tuple]:
    """Ask who.sql, and print its rows."""
    onlooker = Session("onlooker")
    try:
        rows = onlooker.run(read_script(Path(current_app.root_path) / "who.sql"))
    except DBAPIError as error:
        raise click.ClickException(f"who.sql: {error.orig}") from error
    finally:
        onlooker.end()
    click.echo("who.sql says:")
    for row in rows:
        click.echo("  " + " | ".join(map(str, row)))
    return rows


def read_script(file: Path) -> str:
    """The text of FILE: UTF-8, or UTF-16 where it begins as PowerShell's `>` lets it."""
    utf_16 = file.read_bytes().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return file.read_text(encoding="utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name} is not UTF-8. Save it as UTF-8.") from error


def must_name(head: Session, what: str, *left_open: Session) -> None:
    """Ask who.sql, which has to name `head` alone, and to leave the others as they are.

    `what` is what `head` is about.
    """
    rows = who_is_waited_for()
    if not all(session.is_there() for session in left_open):
        raise click.ClickException("who.sql has ended a session.")
    if rows != [(head.name,)]:
        click.echo(f"The session of {what} is {head.name}.")
        raise click.ClickException(f"All wait for {what}, in the end, and who.sql says otherwise.")
