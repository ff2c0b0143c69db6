"""Brings a database of Hearth to today's models."""

from sqlalchemy import Connection

from hearth.database import db


def repair(connection: Connection) -> None:
    """Do what the models ask for and the database lacks."""
    db.metadata.create_all(connection)
