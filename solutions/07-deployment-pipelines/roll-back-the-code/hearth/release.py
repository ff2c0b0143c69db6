"""`flask release -- COMMAND`: what the server runs when a version of Hearth arrives."""

import os
from collections.abc import Iterator

import click
import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Table, inspect

from hearth.database import db


@click.command("release")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def release(command: tuple[str, ...]) -> None:
    """Upgrade the database, unless it is ahead of this code; then start COMMAND."""
    config = current_app.extensions["migrate"].migrate.get_config()
    script = ScriptDirectory.from_config(config)
    known = {each.revision for each in script.walk_revisions()}
    if recorded() <= known:
        flask_migrate.upgrade()
        if recorded() != set(script.get_heads()):
            raise click.ClickException("The database is not at the head. Nothing was started.")
    else:
        for fault in faults():
            raise click.ClickException(f"The database is ahead: {fault}. Nothing was started.")
    # From here on this process is COMMAND: nothing below this line ever runs.
    os.execvp(command[0], command)


def recorded() -> set[str]:
    """The revisions that the database names: there may be several, or none."""
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads())


def faults() -> Iterator[str]:
    """What this code would fail on, in the database as it is."""
    database = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        if not database.has_table(table.name):
            yield f"there is no table {table.name}"
        else:
            columns = {column["name"]: column for column in database.get_columns(table.name)}
            yield from faults_of_columns(table, columns)


def faults_of_columns(table: Table, columns: dict[str, dict]) -> Iterator[str]:
    """The same, of the columns of one table."""
    for mapped in table.columns:
        if mapped.name not in columns:
            yield f"{table.name} has no column {mapped.name}"
    for name, column in columns.items():
        if column["nullable"]:
            continue
        if name not in table.columns:
            # This code leaves the column out, so the database has to know what goes there.
            if column["default"] is None:
                yield f"{table.name}.{name} asks for a value"
        elif table.columns[name].nullable:
            # It is mapped, so this code writes NULL into it: no default comes to help.
            yield f"{table.name}.{name} may not be empty"
