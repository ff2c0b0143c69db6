"""What a notebook of the course calls: a fresh house, a look at it, and the verdict."""

import atexit
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from remodel.catalog import find_course
from remodel.errors import RemodelError
from remodel.exercise import read_tree
from remodel.history import read_history
from remodel.scratch import lay_out


def fresh(name: str) -> Path:
    """Go to a new folder with a lesson's app or an exercise's starter; it ends with the kernel."""
    catalog = find_course()
    lesson = catalog.lessons.get(name)
    files = lesson.app_files() if lesson else catalog.exercise(name).given
    folder = Path(tempfile.mkdtemp(prefix="hearth-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lay_out(files, folder)
    os.chdir(folder)
    # So that `!flask` is the flask of this kernel, also where nothing was activated.
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    os.environ["FLASK_APP"] = "wsgi.py"
    return folder


def edit(file: str, old: str, new: str) -> None:
    """Replace the one place in `file` that reads `old`; no other place is touched."""
    text = Path(file).read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise RemodelError(f"{file} holds {old!r} {text.count(old)} times. Name one place.")
    Path(file).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def tables(path: str = "instance/hearth.db") -> None:
    """Print every table of the database with its columns and the number of its rows."""
    for (table,) in rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", path):
        [(count,)] = rows(f'SELECT count(*) FROM "{table}"', path)
        print(f"{table} ({count} rows)")
        for _, name, kind, required, *_ in rows(f'PRAGMA table_info("{table}")', path):
            print(f"    {name} {kind}{' NOT NULL' if required else ''}")


def rows(query: str, path: str = "instance/hearth.db") -> list[tuple[object, ...]]:
    """What the database itself answers to `query`."""
    if not Path(path).is_file():
        raise RemodelError(f"There is no database at {path} yet. Run: flask db upgrade")
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(query).fetchall()


def history(folder: str | Path = ".") -> None:
    """Print the revisions, newest first, and mark the one that the database is at."""
    database = Path(folder, "instance", "hearth.db")
    known = [row[0] for row in rows("SELECT * FROM alembic_version", str(database))]
    for each in reversed(read_history(read_tree(Path(folder), ["migrations"])).order()):
        here = "  <- the database is here" if each.id in known else ""
        print(f"{each.id}  {Path(each.file).name}{here}")


def check(slug: str, folder: str | Path | None = None) -> None:
    """Grade what lies in `folder`, or in the playground, and print the verdict."""
    from remodel.grading import Grading, new_seed
    from remodel.report import verdict_lines
    from remodel.session import grade

    catalog = find_course()
    exercise = catalog.exercise(slug)
    grading = Grading.of(catalog, [str(folder) if folder else "playground"], [new_seed()])
    try:
        for verdict in grade(grading, [exercise]):
            print("\n".join(verdict_lines(verdict, catalog)))
    finally:
        grading.close()
