"""Hearth's own commands for the terminal."""

import re
from pathlib import Path

import click
from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from hearth.database import SETUP_COMMAND, db
from hearth.models import Room
from hearth.show_schema import show_schema
from hearth.versions_table import apply_sql


@click.command("init-db")
def init_db() -> None:
    """Create the tables that are missing."""
    db.create_all()
    click.echo("The tables are there.")


@click.command("furnish")
def furnish() -> None:
    """Fill an empty house with the rooms and furniture of rows.sql."""
    try:
        with db.engine.begin() as connection:
            if connection.scalar(select(func.count()).select_from(Room)):
                raise click.ClickException("There are rooms already. Nothing was changed.")
            for statement in statements():
                connection.exec_driver_sql(statement)
    except (OperationalError, ProgrammingError) as error:
        hint = f"{SETUP_COMMAND} makes the tables that are missing."
        raise click.ClickException(f"{error.orig}. {hint}") from error
    click.echo("The house is furnished.")


def statements() -> list[str]:
    """Split rows.sql where a line ends with a semicolon."""
    text = (Path(current_app.root_path).parent / "rows.sql").read_text(encoding="utf-8")
    return [part for part in re.split(r";$", text, flags=re.MULTILINE) if part.strip()]


def register(app: Flask) -> None:
    """Hand the commands to the app."""
    app.cli.add_command(init_db)
    app.cli.add_command(furnish)
    app.cli.add_command(apply_sql)
    app.cli.add_command(show_schema)
