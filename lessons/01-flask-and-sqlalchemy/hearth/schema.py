"""What the database holds, asked of the database itself."""

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from hearth.database import SETUP_COMMAND, db
from hearth.description import described

Tables = dict[str, dict[str, str]]


def tables() -> Tables:
    """Name every table with its columns and their types."""
    found = inspect(db.engine)
    return {
        name: {column["name"]: str(column["type"]) for column in found.get_columns(name)}
        for name in sorted(found.get_table_names())
    }


def missing() -> list[str]:
    """Name the tables and columns that the models expect and the database lacks."""
    held = tables()
    gaps = []
    for table in db.metadata.sorted_tables:
        if table.name not in held:
            gaps.append(f"the table {table.name}")
            continue
        gaps += [
            f"the column {table.name}.{column.name}"
            for column in table.columns
            if column.name not in held[table.name]
        ]
    return gaps


def footer() -> dict[str, object]:
    """Give every page what its footer shows."""
    try:
        return {"tables": described(inspect(db.engine)), "setup_command": SETUP_COMMAND}
    except SQLAlchemyError:
        # An error page has a footer too, and must not fail for want of a database.
        return {"tables": None, "setup_command": SETUP_COMMAND}
