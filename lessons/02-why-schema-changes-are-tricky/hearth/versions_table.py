"""Our own numbering of schema changes, which almost works."""

from pathlib import Path

import click
from flask import current_app
from sqlalchemy import Connection, text

from hearth.database import db


@click.command("apply-sql")
def apply_sql() -> None:
    """Run the files of hearth/sql that have not run on this database."""
    with db.engine.begin() as connection:
        last = last_number(connection)
        for path in sorted(Path(current_app.root_path, "sql").glob("*.sql")):
            number = int(path.name.split("_")[0])
            if number > last:
                connection.exec_driver_sql(path.read_text(encoding="utf-8"))
                connection.execute(
                    text("INSERT INTO schema_version (number) VALUES (:number)"),
                    {"number": number},
                )
                click.echo(f"Applied {path.name}")


def last_number(connection: Connection) -> int:
    """Read how far this database has come, counting from 0 when nobody has written it down."""
    connection.execute(text("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER NOT NULL)"))
    return connection.scalar(text("SELECT MAX(number) FROM schema_version")) or 0
