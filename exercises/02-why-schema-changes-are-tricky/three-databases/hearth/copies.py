"""The copies of the database that there are, and the command that repairs one."""

from pathlib import Path

import click
from flask import current_app

from hearth.database import db
from hearth.repair import repair

COPIES = ("laptop", "staging", "production", "fresh")


@click.command("fetch")
@click.argument("copy", type=click.Choice(COPIES))
def fetch(copy: str) -> None:
    """Put a copy of the database called COPY in the place of your own."""
    Path(str(db.engine.url.database)).unlink(missing_ok=True)
    if copy == "fresh":
        db.create_all()
    else:
        build(copy)
    click.echo(f"Your database is now a copy of {copy}.")


def build(copy: str) -> None:
    """Make the house as it once was, then do what was typed by hand into `copy`."""
    root = Path(current_app.root_path)
    files = (root / "copies/house.sql", root.parent / "rows.sql", root / f"copies/{copy}.sql")
    connection = db.engine.raw_connection()
    for file in files:
        connection.cursor().executescript(file.read_text(encoding="utf-8"))
    connection.commit()
    connection.close()


@click.command("repair")
def run_repair() -> None:
    """Bring your database to today's models, wherever it is now."""
    with db.engine.begin() as connection:
        repair(connection)
    click.echo("The repair has run.")
