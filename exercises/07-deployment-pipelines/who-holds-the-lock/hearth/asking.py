"""Asks who.sql, in a session of its own."""

import codecs
import time
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from psycopg.errors import (
    ActiveSqlTransaction,
    AdminShutdown,
    LockNotAvailable,
    QueryCanceled,
    ReadOnlySqlTransaction,
    SyntaxError,
)
from sqlalchemy.exc import DBAPIError

from hearth.sessions import Session

#: Whoever has to look needs no more time, by far.
SECONDS = 4
#: Who looks changes nothing, waits for nobody, and asks one question: two cannot be prepared.
LOOKS = {
    "options": "-c default_transaction_read_only=on"
    f" -c lock_timeout=1s -c statement_timeout={SECONDS}s",
    "prepare_threshold": 0,
}


class Meddles(click.ClickException):
    """who.sql has done something, and was to look."""

    exit_code = 3


def who_is_waited_for() -> list[tuple]:
    """Ask who.sql, and print its rows."""
    question = read_script(Path(current_app.root_path) / "who.sql")
    onlooker = Session("onlooker", **LOOKS)
    began = time.monotonic()
    try:
        rows = onlooker.run(question)
    except DBAPIError as error:
        raise what_became_of_it(error, time.monotonic() - began) from error
    finally:
        onlooker.end()
    click.echo("who.sql says:")
    for row in rows:
        click.echo("  " + " | ".join(map(str, row)))
    return rows


def what_became_of_it(error: DBAPIError, seconds: float) -> click.ClickException:
    """In words, why who.sql has given no rows, after so many seconds."""
    reason = error.orig
    if isinstance(reason, LockNotAvailable):
        why = "who.sql waits for a lock itself. Ask pg_stat_activity, and no table of the museum."
    elif isinstance(reason, QueryCanceled) and seconds >= SECONDS:
        why = (
            f"who.sql had not ended after {SECONDS} seconds. Does it sleep, or walk in a circle? "
            "In WITH RECURSIVE, UNION drops a row that was found before, and UNION ALL keeps it."
        )
    elif isinstance(reason, QueryCanceled | AdminShutdown):
        return Meddles("who.sql has ended its own session, or its own statement.")
    elif isinstance(reason, ReadOnlySqlTransaction | ActiveSqlTransaction):
        return Meddles(f"who.sql is to look, and wants to change something: {reason}")
    elif isinstance(reason, SyntaxError):
        why = f"who.sql has to be one SELECT: {reason}"
    else:
        why = f"who.sql: {reason}"
    return click.ClickException(why)


def read_script(file: Path) -> str:
    """The text of FILE: UTF-8, or UTF-16 where it begins as PowerShell's `>` lets it."""
    utf_16 = file.read_bytes().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return file.read_text(encoding="utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name} is not UTF-8. Save it as UTF-8.") from error


def must_name(head: Session, what: str, there: Sequence[Session]) -> None:
    """Ask who.sql, which has to name `head` alone, and to leave all who are `there` as they are.

    `what` is what `head` is about. Nobody waits for who comes later in `there`.
    """
    rows = who_is_waited_for()
    if ended := [session.name for session in there if not session.finishes()]:
        raise Meddles(f"who.sql has ended the session or the statement of {ended[0]}.")
    if rows != [(head.name,)]:
        click.echo(f"The session of {what} is {head.name}.")
        raise click.ClickException(f"All wait for {what}, in the end, and who.sql says otherwise.")
