"""SQL put to the database of an app, past the app: what a statement answers, as lines."""

import sqlite3
from pathlib import Path

from remodel.course.layout import APP, INSTANCE, database_file
from remodel.database.answers import answer_lines
from remodel.errors import RemodelError
from remodel.wrapping import harmless


def database_here(folder: Path, name: str = APP) -> Path:
    """The database `name` of the app in which `folder` lies; raises RemodelError without one."""
    for each in (folder, *folder.parents):
        if (each / INSTANCE).is_dir():
            place = database_file(each, name)
            if place.is_file():
                return place
            there = ", ".join(sorted(file.stem for file in (each / INSTANCE).glob("*.db")))
            raise RemodelError(
                f"{place} is not there. " + (f"There is: {there}." if there else "No app made it.")
            )
    raise RemodelError(
        f"{folder} is no folder of an app with a database. Go into your app's folder first, such "
        "as the one that `remodel play 1` lays out. `flask init-db` or `flask db upgrade` makes "
        "the database."
    )


def answer(connection: sqlite3.Connection, statement: str) -> list[str]:
    """What the database answers to one statement: its rows, or how many it changed.

    `connection` is in autocommit mode, so a change stays. Raises RemodelError with SQLite's words.
    """
    try:
        # A value must not command the terminal.
        return [harmless(line) for line in answer_lines(connection.execute(statement))]
    except sqlite3.Error as error:
        raise RemodelError(str(error)) from error
