"""The database's own words about its tables."""

import click
from sqlalchemy import text

from hearth.database import db

# SQLite keeps the statement that made each thing, brought up to date at every ALTER.
KEPT = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name"


@click.command("show-schema")
def show_schema() -> None:
    """Print the statements that make this database's tables and indexes."""
    with db.engine.connect() as connection:
        for statement in connection.scalars(text(KEPT)):
            click.echo(f"{statement};\n")
