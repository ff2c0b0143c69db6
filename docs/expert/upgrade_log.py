"""Beside the version table, which holds one row: who ran which revision, and when."""

import getpass
import os
from datetime import UTC, datetime

import sqlalchemy as sa

log = sa.Table(
    "upgrade_log",
    sa.MetaData(),
    sa.Column("at", sa.String(19), nullable=False),
    sa.Column("who", sa.String(80), nullable=False),
    sa.Column("step", sa.String(80), nullable=False),
)


def write_down(*, ctx, step, heads, run_args, **more):
    """Called by Alembic after each revision, in the same transaction."""
    log.create(ctx.connection, checkfirst=True)
    # A stamp runs nothing, and the log must not say that it did.
    arrow = "stamped" if step.is_stamp else "up" if step.is_upgrade else "down"
    name = ", ".join(step.up_revision_ids if step.is_upgrade else step.down_revision_ids)
    row = {
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
        "who": user(),
        "step": f"{arrow} to {name or 'base'}",
    }
    ctx.connection.execute(sa.insert(log).values(row))


def user():
    """Who runs this; in a container the number of the user may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def is_ours(name, type_, parent_names):
    """Keeps autogenerate from dropping a table that no model describes."""
    return not (type_ == "table" and name == "upgrade_log")
