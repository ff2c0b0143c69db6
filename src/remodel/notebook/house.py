"""A house for the cells to work on: begun afresh, looked at, and asked."""

import atexit
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from remodel.course.catalog import find_course
from remodel.course.layout import APP, database_file
from remodel.database.copy_out import copy_out
from remodel.errors import RemodelError
from remodel.notebook.folding import fold_commands_and_errors
from remodel.notebook.houses import enter
from remodel.notebook.kernel import show
from remodel.notebook.writing import forget_written, register
from remodel.playground.contents import seen_tables
from remodel.playground.drawing import database_names, draw_history, draw_tables
from remodel.playground.picture import fragment
from remodel.playground.state import AppState, databases_of, state_of
from remodel.scratch import lay_out

#: Where an app of the course keeps its rows.
DATABASE = database_file(Path()).as_posix()


def fresh(name: str) -> Path:
    """Go to a new folder with a lesson's app or an exercise's starter; it ends with the kernel."""
    fold_commands_and_errors()
    register(begin=fresh)
    catalog = find_course()
    lesson = catalog.lessons.get(name)
    files = lesson.app_files() if lesson else catalog.exercise(name).given
    folder = Path(tempfile.mkdtemp(prefix=f"{APP}-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lay_out(files, folder)
    os.chdir(folder)
    enter(name)
    forget_written()
    _LAST.clear()
    # So that `!flask` is the flask of this kernel, also where nothing was activated.
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    os.environ["FLASK_APP"] = "wsgi.py"
    return folder


def look(folder: str | Path = ".") -> None:
    """Draw the revisions and every database in `folder`, with what is new since the last look."""
    home = Path(folder).resolve()
    state = state_of(home, before=_LAST.get(home))
    # A reader of the first lessons does not know what a revision is.
    migrated = (home / "migrations").is_dir()
    page = fragment(state, history=migrated, heading="p")
    show("\n".join(_lines(state, migrated)), page, drawn=True)
    _LAST[home] = databases_of(home)


def _lines(state: AppState, migrated: bool) -> Iterator[str]:
    yield ""  # apart from what a command has printed above
    if migrated:
        yield from draw_history(state, database_names(state, alone="the database"))
    for place, database in enumerate(state.databases):
        yield from ("", database.name) if migrated or place else (database.name,)
        yield from draw_tables(database.tables)
    if not state.databases:
        yield "There is no database yet."


def tables(path: str = DATABASE) -> None:
    """Print every table of the database with its columns and the number of its rows."""
    content = copy_out(_existing(path))
    print("\n".join(draw_tables(tuple(seen_tables(content)), rows=False)))


def rows(query: str, path: str = DATABASE) -> list[tuple[object, ...]]:
    """What the database itself answers to `query`."""
    with closing(sqlite3.connect(_existing(path))) as connection, connection:
        return connection.execute(query).fetchall()


def history(folder: str | Path = ".") -> None:
    """Print the revisions, newest first, and mark where the databases are."""
    state = state_of(Path(folder))
    names = database_names(state, alone="the database")
    print("\n".join(draw_history(state, names)))


#: What the last look saw of each database.
_LAST: dict[Path, dict[str, bytes]] = {}


def _existing(path: str) -> Path:
    if not Path(path).is_file():
        command = "flask db upgrade" if Path("migrations").is_dir() else "flask init-db"
        raise RemodelError(f"There is no database at {path} yet. Run: {command}")
    return Path(path)
