"""A worker that loses its connections: a server may end them, and SQLite has none."""

import os

import click
from sqlalchemy import Connection, create_engine, text

from hearth.starting import Started, heard, let_go, start
from hearth.worker import IN, WAITS, WAITS_FOR_LONG, WELL

#: Asks the server to end all sessions of this database but the one that asks; how many there were.
END = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = current_user"
    " AND datname = current_database() AND pid <> pg_backend_pid()"
)
REVISION = text("SELECT version_num FROM alembic_version")


def lose_a_connection(workers: list[Started]) -> bool:
    """On PostgreSQL, have a worker lose its connections in the revision; whether it tried again."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgresql"):
        return False
    workers.append(start())
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as server:
        word = ended_without(workers[-1][1], server)
        revision = server.scalar(REVISION)
    engine.dispose()
    click.echo(f"A worker lost its connection, and {word}. The database is at {revision}.")
    if word == WELL and revision == "0008":
        raise click.ClickException("A worker lost its connection, and ended as if it had upgraded.")
    return word == WELL


def ended_without(line, server: Connection) -> str:
    """What a worker says when its connections have ended."""
    word = heard(line, WAITS)
    while word == IN and server.scalar(END):
        pass  # until none is left
    while word == IN:  # once, or again where it tries again
        let_go(line)
        word = heard(line, WAITS, WAITS_FOR_LONG)
    return word
