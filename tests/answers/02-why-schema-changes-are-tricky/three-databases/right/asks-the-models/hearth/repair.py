"""Brings a database of Hearth to today's models."""

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.schema import CreateColumn, CreateIndex

from hearth.database import db


def repair(connection: Connection) -> None:
    """Bring every table of the models to what the models say."""
    db.metadata.create_all(connection)
    for table in db.metadata.sorted_tables:
        complete(connection, table)


def complete(connection: Connection, table: Table) -> None:
    """Add the columns and indexes that `table` lacks."""
    found = inspect(connection)
    there = {column["name"] for column in found.get_columns(table.name)}
    for column in table.columns:
        if column.name not in there:
            told = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {told}"))
    indexed = [index["column_names"] for index in found.get_indexes(table.name)]
    for index in table.indexes:
        if [column.name for column in index.columns] not in indexed:
            connection.execute(CreateIndex(index))
