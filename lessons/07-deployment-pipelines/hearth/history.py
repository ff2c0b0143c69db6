"""What the revision files say, what the databases say, and whether they agree."""

import logging
from collections.abc import Sequence
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Engine, Row, text

from hearth.database import db
from hearth.steps import Stopped

Recorded = dict[str | None, tuple[tuple[str, ...], Sequence[Row]]]


def directory() -> str:
    """Find migrations/ beside the app: Flask-Migrate would look where the shell stands."""
    return str(Path(current_app.root_path).parent / "migrations")


def script() -> ScriptDirectory:
    """Read the revision files."""
    migrate = current_app.extensions["migrate"].migrate
    return ScriptDirectory.from_config(migrate.get_config(directory()))


def single_head() -> str:
    """Give the one revision to go to; two heads are nobody's plan."""
    heads = script().get_heads()
    if len(heads) != 1:
        raise Stopped(f"the history has {len(heads)} heads: {', '.join(heads)}")
    return heads[0]


def current_revisions() -> dict[str, tuple[str, ...]]:
    """Ask each database which revisions it is at."""
    return {bind or "main": revisions_of(engine) for bind, engine in db.engines.items()}


def revisions_of(engine: Engine) -> tuple[str, ...]:
    """Ask one database which revisions it is at."""
    options = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        return MigrationContext.configure(connection, opts=options).get_current_heads()


def recorded() -> Recorded:
    """What tells whether an upgrade left something behind: revisions, and the whole schema."""
    schema = text("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
    found = {}
    for bind, engine in db.engines.items():
        with engine.connect() as connection:
            found[bind] = (revisions_of(engine), connection.execute(schema).all())
    return found


def refuse_unknown() -> None:
    """Stop where a database has had a revision that this code does not know."""
    for bind, revisions in current_revisions().items():
        for revision in revisions:
            try:
                script().get_revision(revision)
            except CommandError:
                raise Stopped(
                    f"the {bind} database is at {revision}, which this code does not have"
                ) from None


def is_at(head: str) -> bool:
    """Whether every database says that it is at head."""
    return all(revisions == (head,) for revisions in current_revisions().values())


def upgrade(head: str) -> None:
    """Upgrade every database, then ask them: a command that ends well proves nothing."""
    flask_migrate.upgrade(directory=directory())
    # alembic.ini has made Alembic talkative, and every page asks it for the revision.
    logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)
    if not is_at(head):
        now = ", ".join(f"{b} {'/'.join(r) or 'none'}" for b, r in current_revisions().items())
        raise Stopped(f"the upgrade ended without an error, but head is {head} and it left: {now}")
