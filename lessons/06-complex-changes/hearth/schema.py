"""What the database holds, asked of the database itself."""

from alembic.migration import MigrationContext
from flask import current_app
from sqlalchemy import Table, inspect
from sqlalchemy.exc import SQLAlchemyError

from hearth.database import SETUP_COMMAND, db
from hearth.description import described

Tables = dict[str, dict[str, str]]


def tables(bind: str | None = None) -> Tables:
    """Name every table of a database with its columns and their types."""
    found = inspect(db.engines[bind])
    return {
        name: {column["name"]: str(column["type"]) for column in found.get_columns(name)}
        for name in sorted(found.get_table_names())
    }


def missing() -> list[str]:
    """Name the tables and columns that the models expect and the database lacks."""
    return [
        gap
        for bind, metadata in db.metadatas.items()
        for table in metadata.sorted_tables
        for gap in gaps(table, tables(bind))
    ]


def gaps(table: Table, held: Tables) -> list[str]:
    """Name what a database lacks of one table."""
    if table.name not in held:
        return [f"the table {table.name}"]
    return [
        f"the column {table.name}.{column.name}"
        for column in table.columns
        if column.name not in held[table.name]
    ]


def revisions() -> tuple[str, ...]:
    """Read which revisions the database says it is at."""
    # The same options as `flask db`, so that a version table of another name is found too.
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection, opts=options).get_current_heads()


def footer() -> dict[str, object]:
    """Give every page what its footer shows."""
    shown = {"setup_command": SETUP_COMMAND, "tables": None, "revisions": ()}
    try:
        return shown | {"tables": described(inspect(db.engine)), "revisions": revisions()}
    except SQLAlchemyError:
        # An error page has a footer too, and must not fail for want of a database.
        return shown
