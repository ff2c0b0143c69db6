"""Furniture that comes into the house from the terminal: in SQL, or through the models."""

from pathlib import Path

import click
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from hearth.database import db
from hearth.models import Furniture, Room


@click.command("deliver")
def deliver() -> None:
    """Run delivery.sql, as the removal firm's program does: it knows SQL and no models."""
    text = (Path(current_app.root_path).parent / "delivery.sql").read_text(encoding="utf-8")
    try:
        with db.engine.begin() as connection:
            connection.exec_driver_sql(text)
    except StatementError as error:
        raise click.ClickException(f"The delivery was refused: {error.orig}") from error
    click.echo("Delivered.")


@click.command("add-furniture")
@click.argument("name")
def add_furniture(name: str) -> None:
    """Add a piece through the models, in the first room."""
    try:
        room = db.session.scalars(select(Room).order_by(Room.id)).first()
        if room is None:
            raise click.ClickException("There is no room to put it in.")
        db.session.add(Furniture(name=name, room=room))
        db.session.commit()
    except StatementError as error:
        raise click.ClickException(f"The piece was refused: {error.orig}") from error
    finally:
        db.session.remove()
    click.echo("Added.")


def register(app: Flask) -> None:
    """Hand the commands to the app."""
    app.cli.add_command(deliver)
    app.cli.add_command(add_furniture)
