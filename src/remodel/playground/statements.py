"""SQL put to the database of an app, past the app: what a statement answers, as lines."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remodel.course.layout import APP, INSTANCE, database_file, database_variable
from remodel.database.answers import answer_lines
from remodel.errors import RemodelError
from remodel.servers.kinds import kind_of_url
from remodel.wrapping import harmless


@dataclass(frozen=True)
class OpenDatabase:
    """A database in autocommit mode: what a statement changes stays."""

    _connection: Any
    _refusal: type[Exception]

    def answer(self, statement: str) -> list[str]:
        """Its rows, or how many it changed; raises RemodelError with the database's words."""
        cursor = self._connection.cursor()
        try:
            cursor.execute(statement)
            # A value must not command the terminal.
            return [harmless(line) for line in answer_lines(cursor)]
        except self._refusal as error:
            raise RemodelError(str(error)) from error
        finally:
            cursor.close()


@contextlib.contextmanager
def opened(folder: Path, name: str = APP) -> Iterator[OpenDatabase]:
    """The database `name` of the app in which `folder` lies; raises RemodelError without one."""
    url = os.environ.get(database_variable("" if name == APP else name), "")
    kind = kind_of_url(url)
    if kind is None:
        place = _database_here(folder, name)
        with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as connection:
            yield OpenDatabase(connection, sqlite3.Error)
        return
    if not kind.has_driver:
        raise RemodelError(kind.missing)
    with _on_its_server(url) as database:
        yield database


@contextlib.contextmanager
def _on_its_server(url: str) -> Iterator[OpenDatabase]:
    # Its driver is for those who ask for it.
    import sqlalchemy as sa

    from remodel.servers.server import server_at

    engine = sa.create_engine(server_at(url).url, isolation_level="AUTOCOMMIT")
    refusal = engine.dialect.loaded_dbapi.Error
    try:
        with contextlib.closing(engine.raw_connection()) as connection:
            yield OpenDatabase(connection.dbapi_connection, refusal)
    except refusal as error:
        raise RemodelError(f"No answer from the server: {error}") from error
    finally:
        engine.dispose()


def _database_here(folder: Path, name: str) -> Path:
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
